// `OpenAI` and `AzureOpenAI` of the npm package `openai`, behind the few calls that the tests make.
import OpenAI, {APIError, AzureOpenAI} from 'openai';
import {clientKey} from './system.mjs';

class OpenAIClient {
    constructor(sdk) {
        this.sdk = sdk;
    }

    async chat(text, options = {}) {
        const answer = await this.sdk.chat.completions.create({
            model: 'what-the-client-says',
            messages: [{role: 'user', content: text}],
            ...options,
        });
        const [choice] = answer.choices;
        return {
            text: choice.message.content,
            finished: choice.finish_reason,
            model: answer.model,
            tokens: answer.usage.total_tokens,
        };
    }

    async *stream(text, {signal} = {}) {
        const chunks = await this.sdk.chat.completions.create(
            {
                model: 'what-the-client-says',
                messages: [{role: 'user', content: text}],
                stream: true,
                stream_options: {include_usage: true},
            },
            {signal});
        for await (const chunk of chunks) {
            const [choice] = chunk.choices;
            if (choice?.delta?.content)
                yield {text: choice.delta.content};
            if (choice?.finish_reason)
                yield {finished: choice.finish_reason};
            if (chunk.usage)
                yield {tokens: chunk.usage.total_tokens};
        }
    }

    /** Two turns: the model asks for the tool, gets its result and answers. */
    async useTool({name, description, schema, execute}, text) {
        const tools = [{type: 'function', function: {name, description, parameters: schema}}];
        const messages = [{role: 'user', content: text}];
        const first = await this.sdk.chat.completions.create({model: 'x', messages, tools});
        const {message, finish_reason: finished} = first.choices[0];
        const [call] = message.tool_calls;
        const result = await execute(JSON.parse(call.function.arguments), call.function.name);
        messages.push(message, {role: 'tool', tool_call_id: call.id, content: JSON.stringify(result)});
        const second = await this.sdk.chat.completions.create({model: 'x', messages, tools});
        return {finished, text: second.choices[0].message.content};
    }

    /** The library asks for base64 and decodes it, unless told otherwise. */
    async embed(texts) {
        const packed = await this.sdk.embeddings.create({model: 'x', input: texts});
        return packed.data.map(item => item.embedding);
    }

    async embedAsNumbers(texts) {
        const plain = await this.sdk.embeddings.create(
            {model: 'x', input: texts, encoding_format: 'float'});
        return plain.data.map(item => item.embedding);
    }

    static failure(error) {
        if (!(error instanceof APIError))
            throw error;
        const {status, code, type, param, message} = error;
        return {status, code, type, param, message, all: JSON.stringify([message, error.error, error.headers && [...error.headers]])};
    }
}

const settings = {apiKey: clientKey, maxRetries: 0, timeout: 20_000};

const plain = suffix => ({
    name: `OpenAI at PREFIX${suffix}`,
    failure: OpenAIClient.failure,
    connect: prefix => new OpenAIClient(new OpenAI({...settings, baseURL: `${prefix}${suffix}`})),
});

export const openaiKinds = [
    plain(''),
    plain('/v1'),
    plain('/openai/v1'),
    {
        name: 'AzureOpenAI at PREFIX',
        failure: OpenAIClient.failure,
        connect: prefix => new OpenAIClient(
            new AzureOpenAI({...settings, endpoint: prefix, apiVersion: '2024-10-21'})),
    },
];
