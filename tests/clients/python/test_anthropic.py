"""What people do with the Python package `anthropic`, done through a running gateway in front of chat
deployments of Azure OpenAI."""

import unittest

import anthropic
from system import CLIENT_KEY, System

HELLO = [{"role": "user", "content": "Tell me about rivers."}]
SETTINGS = {"max_tokens": 400, "model": "claude-sonnet-4-5"}

WEATHER_TOOL = {
    "name": "get_weather",
    "description": "The weather of a city.",
    "input_schema": {
        "type": "object",
        "properties": {"city": {"type": "string"}},
        "required": ["city"],
    },
}


class AnthropicTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System()

    @classmethod
    def tearDownClass(cls):
        codes = (cls.system.gateway.stop(), cls.system.simulator.stop())
        cls.system.tap.stop()
        cls.system.remove_folder()
        assert codes == (0, 0), codes

    def connect(self, route):
        return anthropic.Anthropic(
            base_url=f"{self.system.url}/{route}", api_key=CLIENT_KEY, max_retries=0, timeout=20
        )

    def on_each_family(self):
        for route in ("azure-openai", "azure-v1"):
            with self.subTest(route=route), self.connect(route) as client:
                yield client

    def test_message(self):
        for client in self.on_each_family():
            message = client.messages.create(
                system="Answer in one sentence.", messages=HELLO, **SETTINGS
            )
            self.assertEqual(message.type, "message")
            self.assertEqual(message.model, SETTINGS["model"])
            self.assertTrue(message.id.startswith("msg_"), message.id)
            self.assertEqual(message.stop_reason, "end_turn")
            self.assertIn("rivers", message.content[0].text)
            self.assertGreater(message.usage.input_tokens, 0)
            self.assertGreater(message.usage.output_tokens, 0)

    def test_claude_on_foundry(self):
        with anthropic.Anthropic(
            base_url=self.system.url, api_key=CLIENT_KEY, max_retries=0, timeout=20
        ) as client:
            message = client.messages.create(model="claude", max_tokens=400, messages=HELLO)
            self.assertIn("rivers", message.content[0].text)
            with client.messages.stream(model="opus", max_tokens=400, messages=HELLO) as stream:
                self.assertIn("rivers", "".join(stream.text_stream))
            count = client.messages.count_tokens(model="claude", messages=HELLO)
            self.assertGreater(count.input_tokens, 0)
            with self.assertRaises(anthropic.BadRequestError):
                client.messages.create(model="claude", max_tokens=0, messages=HELLO)

    def test_stream(self):
        for client in self.on_each_family():
            with client.messages.stream(messages=HELLO, **SETTINGS) as stream:
                pieces = list(stream.text_stream)
                message = stream.get_final_message()
            self.assertGreater(len(pieces), 3)
            self.assertEqual("".join(pieces), message.content[0].text)
            self.assertEqual(message.stop_reason, "end_turn")
            self.assertGreater(message.usage.output_tokens, 0)

    def test_tool_and_its_result(self):
        for client in self.on_each_family():
            first = client.messages.create(
                messages=[{"role": "user", "content": "What is the weather in Oslo?"}],
                tools=[WEATHER_TOOL],
                tool_choice={"type": "tool", "name": "get_weather"},
                **SETTINGS,
            )
            use = next(block for block in first.content if block.type == "tool_use")
            self.assertEqual(first.stop_reason, "tool_use")
            self.assertEqual(use.name, "get_weather")
            self.assertIn("city", use.input)
            second = client.messages.create(
                messages=[
                    {"role": "user", "content": "What is the weather in Oslo?"},
                    {"role": "assistant", "content": first.content},
                    {
                        "role": "user",
                        "content": [
                            {"type": "tool_result", "tool_use_id": use.id, "content": "12 degrees"}
                        ],
                    },
                ],
                tools=[WEATHER_TOOL],
                **SETTINGS,
            )
            self.assertEqual(second.stop_reason, "end_turn")

    def test_tokens_are_counted(self):
        with self.connect("azure-v1") as client:
            count = client.messages.count_tokens(messages=HELLO, model=SETTINGS["model"])
        self.assertGreater(count.input_tokens, 3)

    def test_errors(self):
        with self.connect("limited") as client, self.assertRaises(anthropic.RateLimitError):
            client.messages.create(messages=HELLO, **SETTINGS)
        with self.connect("wrong-key") as client, self.assertRaises(anthropic.AuthenticationError):
            client.messages.create(messages=HELLO, **SETTINGS)
        with self.connect("missing") as client, self.assertRaises(anthropic.NotFoundError) as seen:
            client.messages.create(messages=HELLO, **SETTINGS)
        self.assertEqual(seen.exception.body["error"]["type"], "not_found_error")
        with self.connect("azure-v1") as client, self.assertRaises(anthropic.BadRequestError):
            client.messages.create(messages=[], **SETTINGS)

    def test_leaving_a_stream_ends_it_upstream(self):
        with self.connect("slow") as client:
            with client.messages.create(messages=HELLO, stream=True, **SETTINGS) as stream:
                next(iter(stream))
            self.assertTrue(self.system.tap.all_closed())


if __name__ == "__main__":
    unittest.main()
