import { isMap, isNode, isScalar, parseDocument, stringify } from 'yaml';
import { fail } from '../errors.ts';
import { frontText } from './front.ts';
import { layOut, splice } from './layout.ts';

/** Names the variant that goes out. Only that line of the front matter changes. */
export const setUse = (text: string, name: string) => setSetting(text, 'use', name);

/** Sets the time, ISO 8601 with offset; takes it away when undefined. Only that line of the front matter changes. */
export const setSchedule = (text: string, at: string | undefined) =>
  setSetting(text, 'schedule', at);

/** Throws INTERNAL when the front matter cannot be read; `parseDocument` says why it cannot. */
function setSetting(text: string, key: 'use' | 'schedule', value: string | undefined): string {
  const layout = layOut(text);
  const { text: yaml } = frontText(layout);
  const { contents, errors } = parseDocument(yaml);
  if (!layout.front || errors.length > 0 || !isMap(contents) || contents.flow === true)
    throw fail('INTERNAL', { why: 'the front matter of the post cannot be read' });

  // In quotes where YAML would read a number or a truth.
  const setting = `${key}: ${stringify(value ?? '').trim()}`;
  const { from, to } = layout.front;
  const pair = contents.items.find((each) => isScalar(each.key) && each.key.value === key);
  if (!pair) return value === undefined ? text : splice(layout, to, to, [setting]);

  // From the key to the end of its value; what follows on the last line, a comment perhaps, stays.
  const start = rangeOf(pair.key)[0];
  const end = Math.max(rangeOf(pair.key)[1] + 1, rangeOf(pair.value)[1]);
  const lineOf = (offset: number) => from + yaml.slice(0, offset).split('\n').length - 1;
  const rest = yaml.slice(end).split('\n', 1)[0] ?? '';
  const gap = rest.startsWith('#') ? ' ' : '';
  const lines = value === undefined ? [] : [`${setting}${gap}${rest}`];
  return splice(layout, lineOf(start), lineOf(end) + 1, lines);
}

const rangeOf = (node: unknown): readonly [number, number] =>
  isNode(node) && node.range ? [node.range[0], node.range[1]] : [0, 0];
