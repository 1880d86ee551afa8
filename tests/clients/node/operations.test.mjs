// What people do with the other libraries, done through the root of a running gateway, where the model
// chooses the backend.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {createOpenAI} from '@ai-sdk/openai';
import Anthropic, {NotFoundError as AnthropicNotFound} from '@anthropic-ai/sdk';
import {AzureChatOpenAI, ChatOpenAI, OpenAIEmbeddings} from '@langchain/openai';
import {embed, experimental_generateImage as generateImage, generateText, streamText} from 'ai';
import OpenAI, {AzureOpenAI, NotFoundError, toFile} from 'openai';
import WebSocket from 'ws';
import {clientKey, removeFolder, startSystem} from './system.mjs';

const model = 'azure-v1'; // the name of a backend
let system;

before(async () => (system = await startSystem()));
after(async () => {
    const ended = [await system.gateway.stop(), await system.simulator.stop()];
    system.tap.stop();
    await removeFolder(system.folder);
    assert.deepEqual(ended, [{code: 0, signal: null}, {code: 0, signal: null}]);
});

const settings = {apiKey: clientKey, maxRetries: 0, timeout: 20_000};
const openaiKinds = [
    ['OpenAI', () => new OpenAI({...settings, baseURL: `${system.url}/v1`})],
    ['AzureOpenAI', () => new AzureOpenAI(
        {...settings, endpoint: system.url, apiVersion: '2025-04-01-preview'})],
];

for (const [name, connect] of openaiKinds) {
    describe(`${name} of openai, by model`, () => {
        test('models', async () => {
            const ids = (await connect().models.list()).data.map(({id}) => id);
            for (const id of ['fast', 'azure-v1', 'codex'])
                assert.ok(ids.includes(id), ids.join());
            await assert.rejects(() => connect().models.retrieve('nobody'), NotFoundError);
        });

        test('responses', async () => {
            const client = connect();
            const response = await client.responses.create({model, input: 'Of harbours'});
            assert.match(response.output_text, /harbours/);
            const again = await client.responses.retrieve(response.id);
            assert.equal(again.output_text, response.output_text);
            await client.responses.delete(response.id);
            await assert.rejects(() => client.responses.retrieve(response.id), NotFoundError);
        });

        test('a stream of responses', async () => {
            const numbers = [];
            let text = '';
            const stream = await connect().responses.create(
                {model, input: 'Of ropes', stream: true});
            for await (const event of stream) {
                numbers.push(event.sequence_number);
                if (event.type === 'response.output_text.delta')
                    text += event.delta;
            }
            assert.match(text, /ropes/);
            assert.deepEqual(numbers, numbers.map((_, index) => index));
        });

        test('chat and responses, whichever the deployment lacks', async () => {
            const client = connect();
            const chat = await client.chat.completions.create(
                {model: 'codex', messages: [{role: 'user', content: 'Of kelp'}]});
            assert.match(chat.choices[0].message.content, /kelp/);
            const response = await client.responses.create({model: 'old', input: 'Of whales'});
            assert.match(response.output_text, /whales/);
        });

        test('images', async () => {
            const client = connect();
            const made = await client.images.generate({model: 'draw', prompt: 'A quay'});
            const bytes = Buffer.from(made.data[0].b64_json, 'base64');
            assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
            const edited = await client.images.edit({
                model: 'draw',
                prompt: 'At night',
                image: await toFile(bytes, 'quay.png', {type: 'image/png'}),
            });
            assert.ok(edited.data[0].b64_json);
        });

        test('audio', async () => {
            const client = connect();
            const spoken = await client.audio.speech.create(
                {model: 'speak', voice: 'alloy', input: 'Cast off', response_format: 'wav'});
            const sound = Buffer.from(await spoken.arrayBuffer());
            assert.equal(sound.subarray(0, 4).toString(), 'RIFF');
            const heard = await client.audio.transcriptions.create(
                {model: 'listen', file: await toFile(sound, 'said.wav')});
            assert.match(heard.text, /said\.wav/);
        });

        test('realtime', async () => {
            // The library speaks nothing but TLS here, so this is its socket without it.
            const target = name === 'OpenAI' ? '/v1/realtime?model=talk'
                : '/openai/realtime?api-version=2025-04-01-preview&deployment=talk';
            const socket = new WebSocket(system.url.replace('http', 'ws') + target,
                ['realtime', `openai-insecure-api-key.${clientKey}`]);
            const send = event => socket.send(JSON.stringify(event));
            const text = await new Promise((resolve, reject) => {
                let said = '';
                socket.on('error', reject);
                socket.on('message', data => {
                    const event = JSON.parse(data);
                    if (event.type === 'session.created') {
                        send({type: 'session.update',
                            session: {type: 'realtime', output_modalities: ['text']}});
                        send({type: 'conversation.item.create', item: {type: 'message',
                            role: 'user', content: [{type: 'input_text', text: 'Of otters'}]}});
                        send({type: 'response.create'});
                    } else if (event.type === 'response.output_text.delta') {
                        said += event.delta;
                    } else if (event.type === 'response.done') {
                        resolve(said);
                    } else if (event.type === 'error') {
                        reject(new Error(event.error.message));
                    }
                });
            });
            socket.close();
            assert.match(text, /otters/);
        });

        test('files', async () => {
            const client = connect();
            const file = await client.files.create(
                {file: await toFile(Buffer.from('{}\n'), 'lines.jsonl'), purpose: 'batch'});
            assert.equal(await (await client.files.content(file.id)).text(), '{}\n');
            assert.ok((await client.files.delete(file.id)).deleted);
        });
    });
}

describe('@ai-sdk/openai, by model', () => {
    const openai = () => createOpenAI({baseURL: `${system.url}/v1`, apiKey: clientKey});
    const common = {maxRetries: 0};

    for (const api of ['responses', 'chat']) {
        test(api, async () => {
            const answer = await generateText(
                {...common, model: openai()[api](model), prompt: 'Of buoys'});
            assert.match(answer.text, /buoys/);
            let text = '';
            for await (const piece of streamText(
                {...common, model: openai()[api]('fast'), prompt: 'Of buoys'}).textStream)
                text += piece;
            assert.match(text, /buoys/);
            await assert.rejects(() => generateText(
                {...common, model: openai()[api]('nobody'), prompt: 'Hi'}), /nobody/);
        });
    }

    test('embeddings and images', async () => {
        const {embedding} = await embed(
            {...common, model: openai().embedding('embed'), value: 'a quay'});
        assert.equal(embedding.length, 1536);
        const {image} = await generateImage(
            {...common, model: openai().image('gpt-image-1'), prompt: 'A quay'});
        assert.equal(Buffer.from(image.uint8Array).subarray(1, 4).toString(), 'PNG');
    });
});

describe('@anthropic-ai/sdk, by model', () => {
    const connect = () => new Anthropic(
        {baseURL: system.url, apiKey: clientKey, maxRetries: 0, timeout: 20_000});
    const ask = {max_tokens: 400, messages: [{role: 'user', content: 'Tell me about gulls.'}]};

    for (const name of ['fast', 'codex', 'claude']) { // codex has only responses
        test(`messages of ${name}`, async () => {
            const message = await connect().messages.create({...ask, model: name});
            assert.match(message.content[0].text, /gulls/);
            assert.equal(message.stop_reason, 'end_turn');
            const stream = connect().messages.stream({...ask, model: name});
            assert.match(await stream.finalText(), /gulls/);
        });
    }

    test('tools, tokens, models and errors', async () => {
        const client = connect();
        const tools = [{
            name: 'get_weather',
            description: 'The weather of a city.',
            input_schema: {type: 'object', properties: {city: {type: 'string'}}, required: ['city']},
        }];
        const message = await client.messages.create({
            ...ask, model: 'fast', tools,
            messages: [{role: 'user', content: 'What is the weather in Oslo?'}],
        });
        assert.equal(message.stop_reason, 'tool_use');
        assert.equal(message.content.at(-1).name, 'get_weather');
        const count = await client.messages.countTokens({model: 'fast', messages: ask.messages});
        assert.ok(count.input_tokens > 0);
        const ids = [];
        for await (const {id} of client.models.list())
            ids.push(id);
        assert.ok(ids.includes('fast'), ids.join());
        await assert.rejects(
            () => client.messages.create({...ask, model: 'nobody'}), AnthropicNotFound);
    });
});

describe('@langchain/openai, by model', () => {
    const openai = () => ({apiKey: clientKey, maxRetries: 0, configuration: {baseURL: `${system.url}/v1`}});
    const kinds = [
        ['ChatOpenAI', () => new ChatOpenAI({...openai(), model})],
        ['ChatOpenAI with responses', () => new ChatOpenAI(
            {...openai(), model, useResponsesApi: true})],
        ['AzureChatOpenAI', () => new AzureChatOpenAI({
            maxRetries: 0,
            azureOpenAIApiKey: clientKey,
            azureOpenAIApiDeploymentName: 'chat',
            azureOpenAIApiVersion: '2024-10-21',
            azureOpenAIBasePath: `${system.url}/openai/deployments`,
        })],
    ];
    for (const [name, connect] of kinds) {
        test(name, async () => {
            assert.match((await connect().invoke('Of seals')).text, /seals/);
            let text = '';
            for await (const piece of await connect().stream('Of seals'))
                text += piece.text;
            assert.match(text, /seals/);
        });
    }

    test('OpenAIEmbeddings', async () => {
        const vectors = await new OpenAIEmbeddings({...openai(), model: 'embed'})
            .embedDocuments(['a quay', 'a gate']);
        assert.equal(vectors.length, 2);
    });
});
