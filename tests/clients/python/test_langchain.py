"""What people do with the package `langchain-openai`, through the root of a running gateway."""

import os
import unittest

from langchain_core.tools import tool
from langchain_openai import AzureChatOpenAI, ChatOpenAI, OpenAIEmbeddings
from system import CLIENT_KEY, System


@tool
def get_weather(city: str) -> str:
    """The weather of a city."""
    return f"rain in {city}"


class LangChainTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.environ["LANGSMITH_TRACING"] = "false"
        cls.system = System()

    @classmethod
    def tearDownClass(cls):
        codes = (cls.system.gateway.stop(), cls.system.simulator.stop())
        cls.system.tap.stop()
        cls.system.remove_folder()
        assert codes == (0, 0), codes

    def chats(self):
        common = {"api_key": CLIENT_KEY, "max_retries": 0, "timeout": 20}
        yield ChatOpenAI(model="chat", base_url=f"{self.system.url}/v1", **common)
        yield ChatOpenAI(
            model="chat", base_url=f"{self.system.url}/v1", use_responses_api=True, **common
        )
        yield AzureChatOpenAI(
            azure_deployment="chat",
            azure_endpoint=self.system.url,
            api_version="2024-10-21",
            **common,
        )

    def test_invoke(self):
        for chat in self.chats():
            with self.subTest(type(chat).__name__, responses=chat.use_responses_api):
                answer = chat.invoke("Tell me about buoys.")
                self.assertIn("buoys", answer.text)
                self.assertGreater(answer.usage_metadata["output_tokens"], 0)

    def test_stream(self):
        for chat in self.chats():
            with self.subTest(type(chat).__name__, responses=chat.use_responses_api):
                pieces = [piece.text for piece in chat.stream("Tell me about buoys.")]
                self.assertGreater(len(pieces), 3)
                self.assertIn("buoys", "".join(pieces))

    def test_tools(self):
        for chat in self.chats():
            with self.subTest(type(chat).__name__, responses=chat.use_responses_api):
                answer = chat.bind_tools([get_weather]).invoke("What is the weather in Oslo?")
                self.assertEqual(answer.tool_calls[0]["name"], "get_weather")
                self.assertIn("city", answer.tool_calls[0]["args"])

    def test_embeddings(self):
        embeddings = OpenAIEmbeddings(
            model="embed",
            base_url=f"{self.system.url}/v1",
            api_key=CLIENT_KEY,
            check_embedding_ctx_length=False,
        )
        vectors = embeddings.embed_documents(["a quay", "a gate"])
        self.assertEqual(len(vectors), 2)
        self.assertEqual(len(vectors[0]), 1536)


if __name__ == "__main__":
    unittest.main()
