import type { ZodType } from 'zod';

/** What a language model is asked. `data` is fenced apart from `instruction`: what others wrote cannot instruct. */
export interface CompletionRequest<T> {
  /** Name of the prompt, for the log and the record. */
  prompt: string;
  system: string;
  instruction: string;
  /** Text of others, named; each is fenced in the request. */
  data: Readonly<Record<string, string>>;
  schema: ZodType<T>;
  temperature?: number;
  /** `provider/model` to ask rather than the provider's own choice; others overlook it. */
  model?: string;
  /** What `data` says in a form for programs; the templates write from it, nothing of it is sent anywhere. */
  facts?: unknown;
  signal?: AbortSignal;
}

export interface Completion<T> {
  value: T;
  /** `provider/model`, e.g. `anthropic/claude-sonnet-5`; `templates` when none was asked. */
  model: string;
  tokens: { input: number; output: number };
}

export interface LanguageModel {
  name: string;
  /** Throws MODEL_FAILED when the answer does not fit the schema or the provider fails. */
  complete<T>(request: CompletionRequest<T>): Promise<Completion<T>>;
}

export interface Embedder {
  name: string;
  /** One unit vector a text, in order. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
}
