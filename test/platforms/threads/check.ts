import { readFileSync } from 'node:fs';
import { sharedPath } from '../../shared.ts';
import { fieldNames } from '../graph.ts';
import type { Check } from '../host.ts';

interface Item {
  item?: Item[];
  request?: {
    method: string;
    url: { path: string[]; query?: { key: string; value: string | null }[] };
  };
}
interface Collection extends Item {
  variable: { key: string; value: string }[];
}

/** What the collection knows of one method and path. */
interface Known {
  method: string;
  pattern: RegExp;
  names: Set<string>;
}

const ours: Readonly<Record<string, string>> = {
  limit: 'every list takes it; the collection names it with most',
  after: 'as above',
};

/**
 * Holds requests to Meta's own collection: method, path, the name of every parameter wherever it is sent, the fields
 * and kinds it lists as variables, and the shape of what is sent as JSON.
 */
export function threadsCheck(version: string, user: string): Check {
  const path = sharedPath('platforms/specs/threads.postman_collection.json');
  const collection = JSON.parse(readFileSync(path, 'utf8')) as Collection;
  const variables = new Map(collection.variable.map(({ key, value }) => [key, value]));
  const list = (name: string) => (variables.get(name) ?? '').split(/, ?/);
  const fields = ['threads', 'replies', 'container', 'profile', 'quota'].flatMap((name) =>
    fieldNames(variables.get(`fields_${name}`) ?? ''),
  );
  const known = requests(collection);
  const values: Readonly<Record<string, readonly string[]>> = {
    media_type: list('media_type'),
    reply_control: list('reply_control'),
    search_type: ['TOP', 'RECENT'],
    is_carousel_item: ['true'],
    reverse: ['true', 'false'],
  };

  return ({ method, path, query, body }) => {
    const below = path.replace(`/${version}/`, '/').replace(`/${user}`, '/me');
    if (below === path) return ['this is no address of the Threads API'];
    const fitting = known.filter((each) => each.method === method && each.pattern.test(below));
    if (fitting.length === 0) return ['the collection has no such request'];
    const names = new Set(fitting.flatMap((each) => [...each.names]));
    const given: [string, unknown][] = [...query, ...Object.entries(body ?? {})];
    return given.flatMap(([name, value]) => {
      if (!names.has(name) && !(name in ours && method === 'GET')) return [`${name} is unknown`];
      if (typeof value !== 'string') return [`${name} is sent twice`];
      if (name === 'fields')
        return fieldNames(value)
          .filter((field) => !fields.includes(field))
          .map((field) => `there is no field ${field}`);
      if (name === 'metric')
        return value
          .split(',')
          .filter((metric) => !list('metrics_post').includes(metric))
          .map((metric) => `there is no metric ${metric}`);
      if (values[name] && !values[name].includes(value)) return [`${name} cannot be ${value}`];
      if (name === 'poll_attachment' && !isPoll(value)) return [`${name} is no poll: ${value}`];
      return [];
    });
  };
}

function requests({ item = [], request }: Item): Known[] {
  if (!request) return item.flatMap(requests);
  const { method, url } = request;
  const pieces = url.path.filter((piece) => piece !== '');
  const pattern = pieces.map((piece) => (piece.startsWith('{{') ? '\\d+' : piece)).join('/');
  const names = new Set((url.query ?? []).map(({ key }) => key));
  return [{ method, pattern: new RegExp(`^/${pattern}/?$`), names }];
}

function isPoll(text: string): boolean {
  const options = JSON.parse(text) as Record<string, unknown>;
  const names = Object.keys(options);
  const expected = ['option_a', 'option_b', 'option_c', 'option_d'].slice(0, names.length);
  return names.length >= 2 && names.join() === expected.join();
}
