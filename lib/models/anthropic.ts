import { attempt, defaultTimeout, type ProviderSettings, statusOf } from './attempt.ts';
import type { CompletionRequest, LanguageModel } from './model.ts';
import { valueOf, wordingOf } from './wording.ts';

const usual = 'claude-sonnet-5';
/** Enough for several drafts. */
const longest = 8192;

/**
 * Anthropic, or any server that speaks its Messages API. The answer is the input of a tool whose schema is the
 * request's; a server that refuses tools or a temperature (400) is asked for plain JSON from then on. The SDK is
 * loaded with the first request.
 */
export function createAnthropic(settings: ProviderSettings): LanguageModel {
  const { key = 'none', url, fetch, timeout = defaultTimeout } = settings;
  const plain = new Set<string>();

  async function client() {
    const { default: Anthropic } = await import('@anthropic-ai/sdk');
    return new Anthropic({
      apiKey: key,
      authToken: null,
      baseURL: url ?? null,
      maxRetries: 0,
      timeout,
      ...(fetch && { fetch }),
    });
  }

  async function ask<T>(
    { messages }: Awaited<ReturnType<typeof client>>,
    request: CompletionRequest<T>,
    model: string,
    signal: AbortSignal,
  ) {
    const isPlain = plain.has(model);
    const { system, user, schema } = wordingOf(request, isPlain);
    const { temperature } = request;
    return messages.create(
      {
        model,
        max_tokens: longest,
        system,
        messages: [{ role: 'user', content: user }],
        ...(temperature !== undefined && !isPlain && { temperature }),
        ...(!isPlain && {
          tools: [
            {
              name: 'answer',
              description: 'Hands in the answer.',
              input_schema: { ...schema, type: 'object' as const },
            },
          ],
          tool_choice: { type: 'tool' as const, name: 'answer' },
        }),
      },
      { signal },
    );
  }

  return {
    name: 'anthropic',
    async complete(request) {
      const hint = /^anthropic\/(.+)/.exec(request.model ?? '')?.[1];
      const model = hint ?? settings.model ?? usual;
      const provider = `anthropic/${model}`;
      const anthropic = await client();
      const answer = await attempt(
        provider,
        async (signal) => {
          try {
            return await ask(anthropic, request, model, signal);
          } catch (error) {
            if (plain.has(model) || statusOf(error) !== 400) throw error;
            plain.add(model);
            return await ask(anthropic, request, model, signal);
          }
        },
        timeout,
        request.signal,
      );
      const { input_tokens: input, output_tokens: output } = answer.usage;
      const tokens = { input, output };
      const tool = answer.content.find((block) => block.type === 'tool_use');
      const text = answer.content
        .map((block) => (block.type === 'text' ? block.text : ''))
        .join('');
      return {
        value: valueOf(provider, request, tool?.input ?? text, tokens),
        model: provider,
        tokens,
      };
    },
  };
}
