import { attempt, defaultTimeout, type ProviderSettings, statusOf } from './attempt.ts';
import type { CompletionRequest, LanguageModel } from './model.ts';
import { valueOf, wordingOf } from './wording.ts';

const usual = 'gpt-5-mini';

/**
 * OpenAI, or any server that speaks its Chat Completions API. Answers are held to the schema by the server; one that
 * refuses that (400) is asked for plain JSON from then on. The SDK is loaded with the first request.
 */
export function createOpenAI(settings: ProviderSettings): LanguageModel {
  const { key = 'none', url, fetch, timeout = defaultTimeout } = settings;
  const plain = new Set<string>();

  async function client() {
    const { default: OpenAI } = await import('openai');
    return new OpenAI({
      apiKey: key,
      baseURL: url ?? null,
      maxRetries: 0,
      timeout,
      // What the environment says of these is not ours.
      organization: null,
      project: null,
      ...(fetch && { fetch }),
    });
  }

  async function ask<T>(
    { chat }: Awaited<ReturnType<typeof client>>,
    request: CompletionRequest<T>,
    model: string,
    signal: AbortSignal,
  ) {
    const isPlain = plain.has(model);
    const { system, user, schema } = wordingOf(request, isPlain);
    const { temperature } = request;
    return chat.completions.create(
      {
        model,
        messages: [
          { role: 'system', content: system },
          { role: 'user', content: user },
        ],
        // Models that reason refuse a temperature as they refuse what they do not know.
        ...(temperature !== undefined && !isPlain && { temperature }),
        ...(!isPlain && {
          response_format: {
            type: 'json_schema' as const,
            json_schema: { name: 'answer', schema, strict: true },
          },
        }),
      },
      { signal },
    );
  }

  return {
    name: 'openai',
    async complete(request) {
      const hint = /^openai\/(.+)/.exec(request.model ?? '')?.[1];
      const model = hint ?? settings.model ?? usual;
      const provider = `openai/${model}`;
      const openai = await client();
      const answer = await attempt(
        provider,
        async (signal) => {
          try {
            return await ask(openai, request, model, signal);
          } catch (error) {
            if (plain.has(model) || ![400, 422].includes(statusOf(error) ?? 0)) throw error;
            plain.add(model);
            return await ask(openai, request, model, signal);
          }
        },
        timeout,
        request.signal,
      );
      const tokens = {
        input: answer.usage?.prompt_tokens ?? 0,
        output: answer.usage?.completion_tokens ?? 0,
      };
      const value = valueOf(provider, request, answer.choices[0]?.message.content ?? '', tokens);
      return { value, model: provider, tokens };
    },
  };
}
