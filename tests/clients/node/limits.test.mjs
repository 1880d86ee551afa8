// Rate limits, as the npm package `openai` sees them.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {RateLimitError} from 'openai';
import {ask, connect, failureOf} from './keyed.mjs';

describe('rate limits', () => {
    test('a limit is one that the library knows', async () => {
        const client = connect('one-at-a-time');
        const error = await failureOf(RateLimitError, async () => {
            for (let i = 0; i < 20; ++i)
                await ask(client);
        });
        assert.equal(error.code, 'rate_limit_exceeded');
        assert.equal(error.headers.get('retry-after'), '1');
        assert.ok(Number(error.headers.get('retry-after-ms')) <= 500);
    });

    test('the library waits as long as it is told', async () => {
        const client = connect('one-at-a-time', {maxRetries: 5});
        const start = performance.now();
        for (let i = 0; i < 4; ++i)
            assert.ok((await ask(client)).choices.length);
        assert.ok(performance.now() - start >= 1400, 'three of them had to wait');
    });

    test('what is too large is not tried again', async () => {
        let requests = 0;
        const counting = (...args) => {
            ++requests;
            return fetch(...args);
        };
        const client = connect('frugal', {maxRetries: 3, fetch: counting});
        await failureOf(RateLimitError, () => ask(client, {max_tokens: 5000}));
        assert.equal(requests, 1);
    });
});
