"""Rate limits, as the Python package `openai` sees them."""

import re
import time
import unittest

import openai
from keyed import KeyedTest, ask, ask_raw
from system import CLIENT_KEY


class LimitsTest(KeyedTest):
    def test_a_limit_is_one_that_the_library_knows(self):
        # Two a second, one at once; another test may just have taken that one.
        client = self.connect("one-at-a-time", max_retries=5)
        first = ask_raw(client)
        self.assertEqual(first.headers["x-ratelimit-limit-requests"], "2")
        self.assertEqual(first.headers["x-ratelimit-remaining-requests"], "0")
        self.assertRegex(first.headers["x-ratelimit-reset-requests"], r"^\d+ms$")

        hasty = client.with_options(max_retries=0)
        error = self.failure_of(openai.RateLimitError, lambda: [ask(hasty) for _ in range(20)])
        self.assertEqual(error.code, "rate_limit_exceeded")
        self.assertIn('The route "one-at-a-time" may make 2 requests a second', error.message)
        self.assertEqual(error.response.headers["retry-after"], "1")
        self.assertLessEqual(int(error.response.headers["retry-after-ms"]), 500)

    def test_the_library_waits_as_long_as_it_is_told(self):
        client = self.connect("one-at-a-time", max_retries=5)
        start = time.monotonic()
        for _ in range(4):
            self.assertTrue(ask(client).choices)
        self.assertGreaterEqual(time.monotonic() - start, 1.4, "three of them had to wait")

    def test_a_request_too_large_for_a_limit_is_not_tried_again(self):
        requests = []
        http = openai.DefaultHttpxClient(event_hooks={"request": [requests.append]})
        client = self.connect("frugal", max_retries=3, http_client=http)
        self.assertTrue(ask(client, max_tokens=20).choices)
        del requests[:]
        error = self.failure_of(openai.RateLimitError, lambda: ask(client, max_tokens=5000))
        self.assertEqual(len(requests), 1)
        self.assertRegex(error.message, r"reckoned at 50\d\d")

    def test_tokens_are_corrected_to_what_the_answer_cost(self):
        client = self.connect("frugal")

        def left(**more):
            return int(ask_raw(client, **more).headers["x-ratelimit-remaining-tokens"])

        # 600 and some are reckoned each time; two such requests would be more than the burst of 1000.
        self.assertLess(left(max_tokens=600), 400)
        self.assertLess(left(max_tokens=600), 400)

    def test_a_key_has_limits_of_its_own(self):
        client = self.connect("weighted", CLIENT_KEY)
        for _ in range(3):
            self.assertTrue(ask(client).choices)
        error = self.failure_of(openai.RateLimitError, lambda: ask(client))
        self.assertIn('The client key "counted" may make 3 requests an hour', error.message)
        seconds = int(error.response.headers["retry-after"])
        self.assertTrue(1000 < seconds <= 1200, seconds)
        self.assertEqual(int(re.search(r"in (\d+) seconds", error.message)[1]), seconds)
        self.assertTrue(ask(self.connect("weighted")).choices, "other keys are not limited by it")

    def test_a_backend_at_its_limit_is_passed_over(self):
        # One an hour: the first of these uses it up.
        client = self.connect("thrifty-first")
        served = [ask_raw(client).headers["x-ms-deployment-name"] for _ in range(6)]
        self.assertEqual(served, ["east", *["steady"] * 5])
        error = self.failure_of(openai.RateLimitError, lambda: ask(self.connect("thrifty-alone")))
        self.assertIn('The backend "thrifty" may make 1 request an hour', error.message)
        self.assertGreater(int(error.response.headers["retry-after"]), 3000)


if __name__ == "__main__":
    unittest.main()
