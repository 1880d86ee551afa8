// A gateway with client keys, several backends and rate limits, as ../routing.json sets it up. A test
// file that imports this has one of its own.
import assert from 'node:assert/strict';
import {after, before} from 'node:test';
import OpenAI, {AzureOpenAI} from 'openai';
import {filesUnder, removeFolder, startSystem, upstreamKey} from './system.mjs';

export const hello = {model: 'gpt-4.1-mini', messages: [{role: 'user', content: 'hello'}]};

export let system;
const seen = [];

before(async () => (system = await startSystem('routing.json')));

after(async () => {
    const ended = [await system.gateway.stop(), await system.simulator.stop()];
    system.tap.stop();
    const written = [
        ['output of serve', system.gateway.output],
        ['output of simulate', system.simulator.output],
        ['failures seen by clients', seen.join('\n')],
        ...(await filesUnder(system.folder)),
    ];
    await removeFolder(system.folder);
    assert.deepEqual(ended, [{code: 0, signal: null}, {code: 0, signal: null}]);
    for (const [where, text] of written) {
        for (const key of [upstreamKey, ...Object.values(system.clientKeys)])
            assert.ok(!text.includes(key), `a key is in: ${where}`);
    }
});

/** A client that shows the key of that name. */
export function connect(route, {key = 'laptop', kind = OpenAI, ...more} = {}) {
    const settings = {apiKey: system.clientKeys[key] ?? key, maxRetries: 0, timeout: 20_000, ...more};
    const prefix = `${system.url}/${route}`;
    return kind === AzureOpenAI ? new AzureOpenAI({...settings, endpoint: prefix, apiVersion: '2024-10-21'})
                                : new kind({...settings, baseURL: prefix});
}

export const ask = (client, more = {}) => client.chat.completions.create({...hello, ...more});

/** The error of that class which the call must fail with. */
export async function failureOf(kind, call) {
    try {
        await call();
    } catch (error) {
        assert.ok(error instanceof kind, `${error}`);
        seen.push(`${error} ${JSON.stringify(error.error)} ${JSON.stringify([...error.headers])}`);
        return error;
    }
    return assert.fail('the call succeeded');
}
