import { asPulseError } from '../errors.ts';
import type { CompletionRequest, LanguageModel } from '../models/model.ts';
import { createTemplates } from '../models/templates/index.ts';
import { formatProblem } from '../problem.ts';
import type { Profile } from '../store/profile.ts';
import { fillPrompt, parsePrompt, type Prompt, type PromptName } from './prompts.ts';

export interface Question<T> {
  name: PromptName;
  model: LanguageModel;
  /** Text of a file of the default branch. */
  readPrompt: (path: string) => Promise<string | undefined>;
  profile: Profile;
  targets: readonly string[];
  instruction: string;
  data: Readonly<Record<string, string>>;
  facts: unknown;
  schema: CompletionRequest<T>['schema'];
  /** What is wrong with an answer, for the one who wrote it; the model is asked once more, then the templates. */
  judge: (value: T) => readonly string[];
}

export interface Answer<T> {
  value: T;
  model: string;
  /** Hash of the prompt that was used; absent when no model was asked. */
  prompt?: string;
  /** What people should know about how it came about. */
  notes: readonly string[];
}

/**
 * Asks for words. A model's answer that is judged wrong is sent back once; when it is still wrong, or no model answers,
 * or the prompt cannot be used, the templates write. Throws MODEL_FAILED when they cannot either.
 */
export async function askForWords<T>(question: Question<T>): Promise<Answer<T>> {
  const file = `prompts/${question.name}.md`;
  const text = await question.readPrompt(file);
  const { prompt, problems } = text === undefined ? { problems: [] } : parsePrompt(text, file);
  if (!prompt) {
    const [first] = problems;
    const why = first ? formatProblem(first) : `there is no ${file}`;
    return fromTemplates(question, [`No language model was asked: ${why}`]);
  }
  const request = requestFor(question, prompt);
  const first = await question.model.complete(request).catch(asPulseError);
  if (first instanceof Error) return fromTemplates(question, [first.message]);
  const wrong = question.judge(first.value);
  if (first.model === 'templates') return { ...first, notes: [] };
  if (wrong.length === 0) return { ...first, prompt: prompt.hash, notes: [] };

  const second = await question.model.complete(corrected(request, wrong)).catch(asPulseError);
  if (second instanceof Error) return fromTemplates(question, [second.message]);
  if (second.model === 'templates') return { ...second, notes: [] };
  const still = question.judge(second.value);
  if (still.length === 0) return { ...second, prompt: prompt.hash, notes: [] };
  return fromTemplates(question, [`${second.model} wrote what it may not: ${still.join('; ')}.`]);
}

/** What is wrong repeats words and addresses of the answer, which may be others' words: it stands among the data. */
const corrected = <T>(
  request: CompletionRequest<T>,
  wrong: readonly string[],
): CompletionRequest<T> => ({
  ...request,
  instruction: `${request.instruction}\n\nYour first answer was wrong: the data called "mistakes" lists why. Answer again without these mistakes.`,
  data: { ...request.data, mistakes: wrong.map((each) => `- ${each}`).join('\n') },
});

async function fromTemplates<T>(
  question: Question<T>,
  notes: readonly string[],
): Promise<Answer<T>> {
  const { name, instruction, data, facts, schema } = question;
  const request = { prompt: name, system: '', instruction, data, facts, schema };
  return { ...(await createTemplates().complete(request)), notes };
}

function requestFor<T>(question: Question<T>, prompt: Prompt): CompletionRequest<T> {
  const { name, profile, targets, instruction, data, facts, schema } = question;
  const system = fillPrompt(prompt, {
    title: profile.title,
    description: profile.description,
    voice: profile.voice,
    language: profile.language,
    targets: targets.join('\n'),
    hashtags: String(profile.brand.hashtags),
    banned: profile.brand.banned.join(', ') || 'none',
  });
  return {
    prompt: name,
    system,
    instruction,
    data,
    facts,
    schema,
    ...(prompt.temperature !== undefined && { temperature: prompt.temperature }),
    ...(prompt.model !== undefined && { model: prompt.model }),
  };
}
