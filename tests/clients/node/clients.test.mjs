// What people do with these libraries, done through a running gateway.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {aiSdkKinds} from './ai_sdk_client.mjs';
import {openaiKinds} from './openai_client.mjs';
import {clientKey, filesUnder, removeFolder, startSystem, upstreamKey} from './system.mjs';

const families = [
    {chat: 'azure-openai', embeddings: 'embeddings'},
    {chat: 'azure-v1', embeddings: 'embeddings-v1'},
];

const weatherTool = {
    name: 'get_weather',
    description: 'The weather of a city.',
    schema: {
        type: 'object',
        properties: {city: {type: 'string'}},
        required: ['city'],
        additionalProperties: false,
    },
};

let system;
/** All that the clients got to see of failures; no key may be in it. */
const seen = [];

before(async () => (system = await startSystem()));

after(async () => {
    const gateway = await system.gateway.stop();
    const simulator = await system.simulator.stop();
    system.tap.stop();
    const written = [
        ['output of serve', system.gateway.output],
        ['output of simulate', system.simulator.output],
        ['failures seen by clients', seen.join('\n')],
        ...(await filesUnder(system.folder)),
    ];
    await removeFolder(system.folder);
    assert.deepEqual(gateway, {code: 0, signal: null}, system.gateway.output);
    assert.deepEqual(simulator, {code: 0, signal: null}, system.simulator.output);
    assert.ok(written.length >= 4, 'the configuration file was looked at');
    for (const [where, text] of written) {
        assert.ok(!text.includes(upstreamKey), `the upstream's key is in: ${where}`);
        assert.ok(!text.includes(clientKey), `the client's key is in: ${where}`);
    }
});

/** What a call that must fail failed with, in the same words for every library. */
async function failureOf(kind, call) {
    try {
        await call();
    } catch (error) {
        const failure = kind.failure(error);
        seen.push(failure.all);
        return failure;
    }
    return assert.fail('the call succeeded');
}

async function collect(parts) {
    const all = {text: '', pieces: 0};
    for await (const {text, ...rest} of parts) {
        Object.assign(all, rest);
        if (text !== undefined) {
            all.text += text;
            ++all.pieces;
        }
    }
    return all;
}

for (const kind of [...openaiKinds, ...aiSdkKinds]) {
    const connect = route => kind.connect(`${system.url}/${route}`);

    for (const family of families) {
        describe(`${kind.name}, PREFIX /${family.chat}`, () => {
            test('chat', async () => {
                const answer = await connect(family.chat).chat('How tall is Čermná, in metres?');
                assert.match(answer.text, /How tall is Čermná, in metres\?/);
                assert.equal(answer.finished, 'stop');
                assert.match(answer.model, /^gpt-4\.1-mini/);
                assert.ok(answer.tokens > 0);
            });

            test('streaming', async () => {
                const answer = await collect(connect(family.chat).stream('Count the swans: 1 2 3'));
                assert.match(answer.text, /Count the swans: 1 2 3/);
                assert.ok(answer.pieces > 1, 'the answer came in pieces');
                assert.equal(answer.finished, 'stop');
                assert.ok(answer.tokens > 0);
            });

            test('tools', async () => {
                const calls = [];
                const execute = (input, name) => {
                    calls.push({input, name});
                    return {sky: 'seven-striped'};
                };
                const answer = await connect(family.chat).useTool(
                    {...weatherTool, execute}, 'How is the weather in Kassel?');
                assert.equal(answer.finished, 'tool_calls');
                assert.equal(calls.length, 1);
                assert.equal(calls[0].name, 'get_weather');
                assert.equal(typeof calls[0].input.city, 'string');
                assert.match(answer.text, /seven-striped/);
            });

            test('embeddings', async () => {
                const client = connect(family.embeddings);
                const [one, two, oneAgain] = await client.embed(['a swan', 'a brick', 'a swan']);
                assert.equal(one.length, 1536);
                assert.ok(one.every(Number.isFinite));
                assert.deepEqual(one, oneAgain);
                assert.notDeepEqual(one, two);
                if (client.embedAsNumbers) {
                    const [plain] = await client.embedAsNumbers(['a swan']);
                    const far = plain.filter((value, i) => Math.abs(value - one[i]) > 1e-6);
                    assert.deepEqual(far, [], 'numbers and base64 mean the same');
                }
            });
        });
    }

    describe(`${kind.name}, leaving and failing`, () => {
        test('an abort in mid-stream', async () => {
            const leave = new AbortController();
            let pieces = 0;
            let finished;
            try {
                for await (const part of connect('slow').stream('Go on', {signal: leave.signal})) {
                    finished ??= part.finished;
                    // What has arrived already may still come after the abort.
                    if (part.text !== undefined && ++pieces === 2) {
                        assert.equal(system.tap.open, 1);
                        leave.abort();
                    }
                }
            } catch (error) {
                // One library ends the loop, the other throws.
                assert.match(error.name, /Abort/);
            }
            assert.ok(pieces >= 2);
            assert.equal(finished, undefined);
            // The rest of the answer would come in a minute; nobody waits for it any longer.
            await system.tap.allClosed();
            const answer = await connect('azure-openai').chat('Still there?');
            assert.match(answer.text, /Still there\?/);
        });

        test('a parameter that the model refuses, and that can go without harm', async () => {
            const answer = await connect('reasoning').chat('Still there?', {max_tokens: 500});
            assert.match(answer.text, /Still there\?/);
        });

        const failures = [
            {route: 'missing', status: 404, code: 'DeploymentNotFound', says: /deployment .* does not exist/},
            {route: 'limited', status: 429, code: /429|RateLimit/i, says: /rate limit|retry/i},
            {route: 'wrong-key', status: 401, code: '401', says: /invalid subscription key/},
            {route: 'no-key', status: 503, says: /QUAYGATE_TEST_UNSET_KEY/},
            {route: 'nowhere', status: 404, says: /\/azure-openai/},
        ];
        for (const {route, status, code, says} of failures) {
            test(`the error of /${route}`, async () => {
                const failure = await failureOf(kind, () => connect(route).chat('Hello'));
                assert.equal(failure.status, status);
                assert.match(failure.message, says);
                if (code)
                    assert.match(String(failure.code), new RegExp(code));
            });
        }
    });
}
