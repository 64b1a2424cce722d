import { fail } from '../../errors.ts';
import type { LanguageModel } from '../model.ts';
import { polishFacts, proposeFacts, refineFacts } from './facts.ts';
import { proposeFromTemplates } from './propose.ts';
import { refineFromTemplates } from './refine.ts';

/**
 * Writes without any language model, from `request.facts`: the same text for the same facts. Knows the prompts
 * `propose`, `refine` and `polish`; the last it leaves as it is. Throws MODEL_FAILED for any other.
 */
export function createTemplates(): LanguageModel {
  return {
    name: 'templates',
    complete({ prompt, facts, schema }) {
      return Promise.resolve().then(() => {
        const parsed = schema.safeParse(write(prompt, facts));
        if (!parsed.success)
          throw fail('MODEL_FAILED', { provider: 'templates', why: parsed.error.message });
        return { value: parsed.data, model: 'templates', tokens: { input: 0, output: 0 } };
      });
    },
  };
}

function write(prompt: string, facts: unknown): unknown {
  switch (prompt) {
    case 'propose':
      return proposeFromTemplates(proposeFacts.parse(facts));
    case 'refine':
      return refineFromTemplates(refineFacts.parse(facts));
    case 'polish':
      return { ...polishFacts.parse(facts), note: '' };
    default:
      throw fail('MODEL_FAILED', { provider: 'templates', why: `no template for "${prompt}"` });
  }
}
