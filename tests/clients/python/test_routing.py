"""Client keys and several backends, as the Python packages `openai` and `anthropic` see them."""

import collections
import unittest
from concurrent.futures import ThreadPoolExecutor

import anthropic
import openai
from keyed import HELLO, KeyedTest, ask, ask_raw


class RoutingTest(KeyedTest):
    def test_a_client_key_opens_the_gateway_in_every_header(self):
        self.assertTrue(ask(self.connect("weighted")).choices)
        self.assertTrue(ask(self.connect("weighted", kind=openai.AzureOpenAI)).choices)
        message = self.connect("weighted", kind=anthropic.Anthropic).messages.create(
            model="gpt-4.1-mini", max_tokens=50, messages=HELLO
        )
        self.assertTrue(message.content)

    def test_a_wrong_key_does_not(self):
        for key in ("sk-none", "qg-" + 43 * "A", self.system.client_keys["laptop"][:-1]):
            error = self.failure_of(
                openai.AuthenticationError, lambda k=key: ask(self.connect("weighted", k))
            )
            self.assertEqual(error.code, "client_key_wrong")
            self.failure_of(
                openai.AuthenticationError,
                lambda k=key: ask(self.connect("weighted", k, openai.AzureOpenAI)),
            )
            self.failure_of(
                anthropic.AuthenticationError,
                lambda k=key: self.connect("weighted", k, anthropic.Anthropic).messages.create(
                    model="gpt-4.1-mini", max_tokens=50, messages=HELLO
                ),
            )
        error = self.failure_of(
            openai.AuthenticationError,
            lambda: ask(
                self.connect("weighted"), extra_headers={"Authorization": openai.Omit()}
            ),
        )
        self.assertEqual(error.code, "client_key_missing")
        self.assertIn("quaygate client-key add", error.message)

    def test_a_key_opens_only_what_it_is_for(self):
        reports = self.connect("first-choice", "reports")
        self.assertTrue(ask(reports).choices)
        error = self.failure_of(
            openai.PermissionDeniedError,
            lambda: reports.chat.completions.create(model="unwilling", messages=HELLO),
        )
        self.assertEqual(error.code, "model_not_allowed")
        error = self.failure_of(
            openai.PermissionDeniedError, lambda: ask(self.connect("weighted", "reports"))
        )
        self.assertEqual(error.code, "route_not_allowed")
        self.assertIn("first-choice", error.message)

    def test_bad_days_of_backends_reach_nobody(self):
        client = self.connect("failover")

        def one(number):
            if number % 3 == 0:
                chunks = list(ask(client, stream=True))
                return chunks[-1].choices[0].finish_reason
            return ask(client).choices[0].finish_reason

        with ThreadPoolExecutor(8) as pool:
            self.assertEqual(set(pool.map(one, range(90))), {"stop"})

    def test_weights_share_the_requests(self):
        client = self.connect("weighted")
        served = collections.Counter(
            ask_raw(client).headers["x-ms-deployment-name"]
            for _ in range(120)
        )
        self.assertEqual(set(served), {"east", "west"})
        self.assertGreater(served["east"], served["west"])

    def test_the_first_priority_is_asked_first(self):
        answer = ask_raw(self.connect("first-choice"))
        self.assertEqual(answer.headers["x-ms-deployment-name"], "steady")
        self.assertRegex(answer.headers["x-quaygate-attempts"], r"^unwilling 503\b")

    def test_when_all_fail_the_last_ones_error_is_told(self):
        client = self.connect("all-down")
        error = self.failure_of(openai.InternalServerError, lambda: ask(client))
        self.assertEqual(error.status_code, 500)
        self.assertIn("The server had an error", error.message)
        self.assertRegex(error.response.headers["x-quaygate-attempts"], r"^unwilling 503\b")


if __name__ == "__main__":
    unittest.main()
