import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Problem } from '../problem.ts';
import { oneOf } from '../store/nearest.ts';
import { readYaml } from '../store/yaml.ts';
import { frontText } from './front.ts';
import { layOut } from './layout.ts';

export const promptNames = ['propose', 'refine', 'polish'] as const;
export type PromptName = (typeof promptNames)[number];

/** Shape of the answer each prompt asks for; `replies.ts` has them. */
const schemaOf = { propose: 'proposal', refine: 'revision', polish: 'revision' } as const;

const front = z.strictObject({
  /** Shape of the answer. */
  schema: z.enum(['proposal', 'revision']),
  /** `provider/model`; the provider's own choice when absent. */
  model: z
    .string()
    .regex(/^[a-z]+\/\S+$/, 'provider/model, e.g. anthropic/claude-sonnet-5')
    .optional(),
  temperature: z.number().min(0).max(2).optional(),
});

/** What `{{...}}` may name in a prompt. */
export const placeholders = [
  'title',
  'description',
  'voice',
  'language',
  'targets',
  'hashtags',
  'banned',
] as const;
type Placeholder = (typeof placeholders)[number];

export interface Prompt {
  name: string;
  model?: string;
  temperature?: number;
  /** What follows the front matter. */
  text: string;
  /** SHA-256 of the whole file, hex. */
  hash: string;
}

/** A prompt from `prompts/<name>.md`, or everything that is wrong with it at once. */
export function parsePrompt(
  text: string,
  file: string,
): { prompt?: Prompt; problems: readonly Problem[] } {
  const layout = layOut(text);
  const name = /([^/]*)\.md$/.exec(file)?.[1] ?? '';
  const problem = (line: number, message: string, expected: string): Problem => ({
    file,
    line,
    rule: 'prompt',
    severity: 'error',
    message,
    expected,
  });
  if (!layout.front)
    return { problems: [problem(1, 'the file has no front matter', '---, schema: ..., ---')] };

  const { text: yaml, firstLine } = frontText(layout);
  const read = readYaml(yaml, front, { file, firstLine, rule: 'prompt' });
  const body = layout.lines.slice(layout.front.to + 1);
  const problems = [...read.problems, ...placeholderProblems(body, layout.front.to + 2, problem)];
  const wanted = Object.hasOwn(schemaOf, name) ? schemaOf[name as PromptName] : undefined;
  if (wanted === undefined)
    problems.push(problem(1, `nothing asks for a prompt "${name}"`, oneOf(name, promptNames)));
  else if (read.value && read.value.schema !== wanted)
    problems.push(
      problem(read.lineOf(['schema']), `schema is "${read.value.schema}"`, `schema: ${wanted}`),
    );
  if (body.every((line) => line.trim() === ''))
    problems.push(problem(layout.front.to + 1, 'the prompt is empty', 'what the model is to do'));
  if (!read.value || problems.length > 0) return { problems };
  const { model, temperature } = read.value;
  return {
    problems,
    prompt: {
      name,
      ...(model !== undefined && { model }),
      ...(temperature !== undefined && { temperature }),
      text: body.join('\n').trim(),
      hash: createHash('sha256').update(text).digest('hex'),
    },
  };
}

/** The prompt's text with every `{{name}}` replaced; what is put in is not looked at again. */
export function fillPrompt(
  { text }: Prompt,
  values: Readonly<Record<Placeholder, string>>,
): string {
  return text.replace(anyPlaceholder, (whole, name: string) =>
    isPlaceholder(name) ? values[name] : whole,
  );
}

const anyPlaceholder = /\{\{\s*([^{}]*?)\s*\}\}/g;
const isPlaceholder = (name: string): name is Placeholder =>
  placeholders.some((each) => each === name);

function placeholderProblems(
  lines: readonly string[],
  firstLine: number,
  problem: (line: number, message: string, expected: string) => Problem,
): Problem[] {
  return lines.flatMap((line, index) =>
    [...line.matchAll(anyPlaceholder)].flatMap(([whole, name = '']) =>
      isPlaceholder(name)
        ? []
        : [problem(firstLine + index, `${whole} names nothing`, oneOf(name, placeholders))],
    ),
  );
}
