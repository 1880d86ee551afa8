// `@ai-sdk/azure` with `ai`, behind the same calls as the others.
import {createAzure} from '@ai-sdk/azure';
import {APICallError, embedMany, generateText, jsonSchema, stepCountIs, streamText, tool} from 'ai';
import {clientKey} from './system.mjs';

class AiSdkClient {
    constructor(azure) {
        this.model = azure.chat('what-the-client-says');
        this.embeddingModel = azure.embedding('what-the-client-says');
    }

    async chat(text, {max_tokens: maxOutputTokens} = {}) {
        const answer = await generateText(
            {model: this.model, prompt: text, maxOutputTokens, maxRetries: 0});
        return {
            text: answer.text,
            finished: answer.finishReason,
            model: answer.response.modelId,
            tokens: answer.usage.totalTokens,
        };
    }

    async *stream(text, {signal} = {}) {
        const answer = streamText({
            model: this.model,
            prompt: text,
            abortSignal: signal,
            maxRetries: 0,
            onError: () => {}, // comes as a part of the stream, below
        });
        for await (const part of answer.fullStream) {
            switch (part.type) {
            case 'text-delta':
                yield {text: part.text};
                break;
            case 'finish':
                yield {finished: part.finishReason, tokens: part.totalUsage.totalTokens};
                break;
            case 'error':
                throw part.error;
            case 'abort':
                throw new DOMException('aborted', 'AbortError');
            }
        }
    }

    /** The library itself takes both turns. */
    async useTool({name, description, schema, execute}, text) {
        const answer = await generateText({
            model: this.model,
            prompt: text,
            tools: {
                [name]: tool({
                    description,
                    inputSchema: jsonSchema(schema),
                    execute: input => execute(input, name),
                }),
            },
            stopWhen: stepCountIs(2),
            maxRetries: 0,
        });
        const [first] = answer.steps;
        return {finished: first.finishReason.replace('-', '_'), text: answer.text};
    }

    async embed(texts) {
        const {embeddings} = await embedMany({model: this.embeddingModel, values: texts, maxRetries: 0});
        return embeddings;
    }

    static failure(error) {
        if (!APICallError.isInstance(error))
            throw error;
        const body = JSON.parse(error.responseBody);
        const {code, type, param} = body.error;
        return {
            status: error.statusCode, code, type, param, message: error.message,
            all: JSON.stringify([error.message, error.responseBody, error.responseHeaders]),
        };
    }
}

export const aiSdkKinds = [
    {
        name: '@ai-sdk/azure at PREFIX/openai/v1',
        failure: AiSdkClient.failure,
        connect: prefix => new AiSdkClient(
            createAzure({apiKey: clientKey, baseURL: `${prefix}/openai/v1`})),
    },
    {
        name: '@ai-sdk/azure with deployment URLs at PREFIX/openai',
        failure: AiSdkClient.failure,
        connect: prefix => new AiSdkClient(createAzure({
            apiKey: clientKey,
            baseURL: `${prefix}/openai`,
            apiVersion: '2024-10-21',
            useDeploymentBasedUrls: true,
        })),
    },
];
