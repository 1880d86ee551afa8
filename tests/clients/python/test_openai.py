"""What people do with the Python package `openai`, done through a running gateway."""

import asyncio
import functools
import json
import math
import unittest

import openai
from system import CLIENT_KEY, UPSTREAM_KEY, System

FAMILIES = (("azure-openai", "embeddings"), ("azure-v1", "embeddings-v1"))

WEATHER_TOOL = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "The weather of a city.",
        "parameters": {
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
            "additionalProperties": False,
        },
    },
}

SETTINGS = {"api_key": CLIENT_KEY, "max_retries": 0, "timeout": 20}


def user(text):
    return [{"role": "user", "content": text}]


def connect_openai(suffix):
    return lambda prefix: openai.OpenAI(base_url=prefix + suffix, **SETTINGS)


def connect_azure(prefix):
    return openai.AzureOpenAI(azure_endpoint=prefix, api_version="2024-10-21", **SETTINGS)


def connect_azure_deployment(prefix):
    return openai.AzureOpenAI(
        azure_endpoint=prefix,
        azure_deployment="what-the-client-says",
        api_version="2024-10-21",
        **SETTINGS,
    )


KINDS = (
    ("OpenAI at PREFIX", connect_openai("")),
    ("OpenAI at PREFIX/v1", connect_openai("/v1")),
    ("OpenAI at PREFIX/openai/v1", connect_openai("/openai/v1")),
    ("AzureOpenAI", connect_azure),
    ("AzureOpenAI with a deployment", connect_azure_deployment),
)


def on_each_family(test):
    """Runs a test with every kind of client on every family of backends."""

    @functools.wraps(test)
    def run(self):
        for kind, connect in KINDS:
            for chat, embeddings in FAMILIES:
                with (
                    self.subTest(kind, route=chat),
                    connect(f"{self.system.url}/{chat}") as chatting,
                    connect(f"{self.system.url}/{embeddings}") as embedding,
                ):
                    test(self, chatting, embedding)

    return run


def on(route):
    """Runs a test with every kind of client on one route."""

    def decorate(test):
        @functools.wraps(test)
        def run(self):
            for kind, connect in KINDS:
                with (
                    self.subTest(kind, route=route),
                    connect(f"{self.system.url}/{route}") as client,
                ):
                    test(self, client)

        return run

    return decorate


class ClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System()
        # All that the clients got to see of failures; no key may be in it.
        cls.seen = []

    @classmethod
    def tearDownClass(cls):
        codes = (cls.system.gateway.stop(), cls.system.simulator.stop())
        written = [
            ("output of serve", cls.system.gateway.output),
            ("output of simulate", cls.system.simulator.output),
            ("failures seen by clients", "\n".join(cls.seen)),
            *cls.system.files(),
        ]
        cls.system.tap.stop()
        cls.system.remove_folder()
        if codes != (0, 0):
            raise AssertionError(f"serve and simulate ended with {codes}: {written[:2]}")
        if len(written) < 4:
            raise AssertionError("the configuration file was not looked at")
        for where, text in written:
            if UPSTREAM_KEY in text or CLIENT_KEY in text:
                raise AssertionError(f"a key is in: {where}")

    @on_each_family
    def test_chat(self, client, _embedding):
        answer = client.chat.completions.create(
            model="what-the-client-says", messages=user("How tall is Čermná, in metres?")
        )
        self.assertIn("How tall is Čermná, in metres?", answer.choices[0].message.content)
        self.assertEqual(answer.choices[0].finish_reason, "stop")
        self.assertRegex(answer.model, r"^gpt-4\.1-mini")
        self.assertGreater(answer.usage.total_tokens, 0)

    @on_each_family
    def test_streaming(self, client, _embedding):
        pieces, finished, usage = [], None, None
        for chunk in client.chat.completions.create(
            model="x",
            messages=user("Count the swans: 1 2 3"),
            stream=True,
            stream_options={"include_usage": True},
        ):
            usage = chunk.usage or usage
            for choice in chunk.choices:
                finished = choice.finish_reason or finished
                if choice.delta.content:
                    pieces.append(choice.delta.content)
        self.assertIn("Count the swans: 1 2 3", "".join(pieces))
        self.assertGreater(len(pieces), 1)
        self.assertEqual(finished, "stop")
        self.assertGreater(usage.total_tokens, 0)

    @on_each_family
    def test_tools(self, client, _embedding):
        messages = user("How is the weather in Kassel?")
        first = client.chat.completions.create(
            model="x", messages=messages, tools=[WEATHER_TOOL]
        )
        self.assertEqual(first.choices[0].finish_reason, "tool_calls")
        message = first.choices[0].message
        (call,) = message.tool_calls
        self.assertEqual(call.function.name, "get_weather")
        self.assertIsInstance(json.loads(call.function.arguments)["city"], str)
        messages += [
            message,
            {"role": "tool", "tool_call_id": call.id, "content": "seven-striped"},
        ]
        second = client.chat.completions.create(
            model="x", messages=messages, tools=[WEATHER_TOOL]
        )
        self.assertIn("seven-striped", second.choices[0].message.content)

    @on_each_family
    def test_embeddings(self, _chatting, client):
        texts = ["a swan", "a brick", "a swan"]
        # The library asks for base64 and decodes it, unless told otherwise.
        packed = client.embeddings.create(model="x", input=texts)
        swan, brick, swan_again = (item.embedding for item in packed.data)
        self.assertEqual(len(swan), 1536)
        self.assertTrue(all(map(math.isfinite, swan)))
        self.assertEqual(swan, swan_again)
        self.assertNotEqual(swan, brick)
        plain = client.embeddings.create(
            model="x", input=texts[:1], encoding_format="float"
        )
        for packed_value, value in zip(swan, plain.data[0].embedding, strict=True):
            self.assertAlmostEqual(packed_value, value, places=6)

    @on("slow")
    def test_abort_in_mid_stream(self, client):
        with client.chat.completions.create(
            model="x", messages=user("Go on"), stream=True
        ) as stream:
            pieces = 0
            for chunk in stream:
                pieces += sum(1 for choice in chunk.choices if choice.delta.content)
                if pieces == 2:
                    break
            self.assertEqual(self.system.tap.open, 1)
        self.assertEqual(pieces, 2)
        self.assert_left()

    def test_abort_of_an_asynchronous_stream(self):
        async def read_two_pieces(got_two):
            client = openai.AsyncOpenAI(base_url=f"{self.system.url}/slow/v1", **SETTINGS)
            async with client:
                pieces = 0
                async for chunk in await client.chat.completions.create(
                    model="x", messages=user("Go on"), stream=True
                ):
                    pieces += sum(1 for choice in chunk.choices if choice.delta.content)
                    if pieces == 2:
                        got_two.set()

        async def leave():
            got_two = asyncio.Event()
            reading = asyncio.create_task(read_two_pieces(got_two))
            await asyncio.wait_for(got_two.wait(), 20)
            reading.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await reading

        asyncio.run(leave())
        self.assert_left()

    def assert_left(self):
        # The rest of the answer would come in a minute; nobody waits for it any longer.
        self.assertTrue(self.system.tap.all_closed(), "the gateway goes on with the request")
        with connect_openai("/v1")(f"{self.system.url}/azure-openai") as client:
            answer = client.chat.completions.create(model="", messages=user("Still there?"))
            self.assertIn("Still there?", answer.choices[0].message.content)

    def failure(self, client, **options):
        """What a call that must fail failed with."""
        with self.assertRaises(openai.APIStatusError) as caught:
            client.chat.completions.create(model="x", messages=user("Hello"), **options)
        error = caught.exception
        self.seen.append(f"{error} {error.response.text} {error.response.headers}")
        return error

    @on("missing")
    def test_unknown_deployment(self, client):
        error = self.failure(client)
        self.assertIsInstance(error, openai.NotFoundError)
        self.assertEqual(error.code, "DeploymentNotFound")
        self.assertIn("does not exist", error.message)

    @on("limited")
    def test_rate_limit(self, client):
        error = self.failure(client)
        self.assertIsInstance(error, openai.RateLimitError)
        self.assertRegex(error.message, r"(?i)rate limit|retry")

    @on("wrong-key")
    def test_wrong_key(self, client):
        error = self.failure(client)
        self.assertIsInstance(error, openai.AuthenticationError)
        self.assertIn("invalid subscription key", error.message)

    @on("reasoning")
    def test_unsupported_parameter(self, client):
        error = self.failure(client, logprobs=True)
        self.assertIsInstance(error, openai.BadRequestError)
        self.assertEqual((error.code, error.param), ("unsupported_parameter", "logprobs"))

    @on("reasoning")
    def test_a_parameter_that_can_go_without_harm(self, client):
        answer = client.chat.completions.create(
            model="reason", messages=user("Hello"), max_tokens=500, temperature=0.2
        )
        self.assertTrue(answer.choices[0].message.content)

    @on("no-key")
    def test_missing_variable(self, client):
        error = self.failure(client)
        self.assertIsInstance(error, openai.InternalServerError)
        self.assertIn("QUAYGATE_TEST_UNSET_KEY", error.message)

    @on("nowhere")
    def test_no_route(self, client):
        error = self.failure(client)
        self.assertIsInstance(error, openai.NotFoundError)
        self.assertIn("/azure-openai", error.message)


if __name__ == "__main__":
    unittest.main()
