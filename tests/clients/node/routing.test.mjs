// Client keys and several backends, as the npm packages `openai` and `@anthropic-ai/sdk` see them.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI, {
    AuthenticationError, AzureOpenAI, InternalServerError, PermissionDeniedError,
} from 'openai';
import {ask, connect, failureOf, hello} from './keyed.mjs';

describe('client keys', () => {
    test('one opens the gateway in every header', async () => {
        assert.ok((await ask(connect('weighted'))).choices.length);
        assert.ok((await ask(connect('weighted', {kind: AzureOpenAI}))).choices.length);
        const message = await connect('weighted', {kind: Anthropic})
            .messages.create({...hello, max_tokens: 50});
        assert.ok(message.content.length);
    });

    test('a wrong one does not', async () => {
        for (const kind of [OpenAI, AzureOpenAI]) {
            const error = await failureOf(
                AuthenticationError, () => ask(connect('weighted', {kind, key: 'sk-none'})));
            assert.equal(error.code, 'client_key_wrong');
        }
    });

    test('one opens only what it is for', async () => {
        const reports = connect('first-choice', {key: 'reports'});
        assert.ok((await ask(reports)).choices.length);
        const model = await failureOf(PermissionDeniedError, () => ask(reports, {model: 'unwilling'}));
        assert.equal(model.code, 'model_not_allowed');
        const route = await failureOf(
            PermissionDeniedError, () => ask(connect('weighted', {key: 'reports'})));
        assert.equal(route.code, 'route_not_allowed');
    });
});

describe('several backends', () => {
    test('their bad days reach nobody', async () => {
        const client = connect('failover');
        const one = async number => {
            if (number % 3)
                return (await ask(client)).choices[0].finish_reason;
            let finished;
            for await (const chunk of await ask(client, {stream: true}))
                finished = chunk.choices[0]?.finish_reason ?? finished;
            return finished;
        };
        const finished = await Promise.all(Array.from({length: 60}, (_, number) => one(number)));
        assert.deepEqual([...new Set(finished)], ['stop']);
    });

    test('when all fail the last one is told', async () => {
        const error = await failureOf(InternalServerError, () => ask(connect('all-down')));
        assert.equal(error.status, 500);
        assert.match(error.headers.get('x-quaygate-attempts'), /^unwilling 503\b/);
    });
});
