"""A gateway with client keys, several backends and rate limits, as ../routing.json sets it up."""

import unittest

import openai
from system import CLIENT_KEY, UPSTREAM_KEY, System

HELLO = [{"role": "user", "content": "hello"}]


def ask(client, **more):
    return client.chat.completions.create(model="gpt-4.1-mini", messages=HELLO, **more)


def ask_raw(client, **more):
    """The answer with its headers."""
    return client.chat.completions.with_raw_response.create(
        model="gpt-4.1-mini", messages=HELLO, **more
    )


class KeyedTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System("routing.json")
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
        assert codes == (0, 0), codes
        keys = [UPSTREAM_KEY, CLIENT_KEY, *cls.system.client_keys.values()]
        for where, text in written:
            assert not any(key in text for key in keys), f"a key is in: {where}"

    def connect(self, route, key="laptop", kind=openai.OpenAI, **more):
        """A client that shows the key of that name."""
        settings = {
            "api_key": self.system.client_keys.get(key, key),
            "max_retries": 0,
            "timeout": 20,
            **more,
        }
        prefix = f"{self.system.url}/{route}"
        if kind is openai.AzureOpenAI:
            return kind(azure_endpoint=prefix, api_version="2024-10-21", **settings)
        client = kind(base_url=prefix, **settings)
        self.addCleanup(client.close)
        return client

    def failure_of(self, kind, call):
        """The error of that class which the call must fail with."""
        with self.assertRaises(kind) as failed:
            call()
        error = failed.exception
        self.seen.append(f"{error} {error.response.headers} {error.response.text}")
        return error
