import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { sharedPath } from '../shared.ts';
import { fieldNames } from './graph.ts';
import type { Check, Recorded } from './host.ts';

interface Param {
  name: string;
  type: string;
  required: boolean;
}
interface Api {
  method: string;
  endpoint?: string;
  name?: string;
  return: string;
  params: Param[];
}
interface Node {
  apis: Api[];
  fields: { name: string }[];
}

/** A departure from the description that is right all the same, by its problem. */
export interface Waiver {
  problem: RegExp;
  reason: string;
}

const files = sharedPath('platforms/specs/meta-graph');
const nodes = new Map<string, Node | undefined>();
function nodeNamed(name: string): Node | undefined {
  if (!nodes.has(name)) {
    try {
      nodes.set(name, JSON.parse(readFileSync(`${files}/${name}.json`, 'utf8')) as Node);
    } catch {
      nodes.set(name, undefined);
    }
  }
  return nodes.get(name);
}

/** Every list and every node takes these. */
const always: Readonly<Record<string, string>> = {
  fields: 'string',
  limit: 'unsigned int',
  after: 'string',
};

const ajv = new Ajv2020({ strict: false });
const compiled = new Map<string, ValidateFunction>();

/** A type of Meta's description as a JSON schema. Ids are longer than a number can be, so text of digits is one. */
function schemaOf(type: string): object {
  const list = /^list<(.+)>$/.exec(type)?.[1];
  if (list !== undefined) return { type: 'array', items: schemaOf(list) };
  if (type === 'list') return { type: 'array' };
  if (type === 'bool') return { type: 'boolean' };
  if (type === 'int') return { type: ['integer', 'string'], pattern: '^-?\\d+$' };
  if (type === 'unsigned int')
    return { type: ['integer', 'string'], minimum: 0, pattern: '^\\d+$' };
  if (type === 'float') return { type: 'number' };
  if (type === 'datetime') return { type: ['integer', 'string'] };
  if (type === 'map') return { type: 'object' };
  if (type === 'Object') return {};
  if (type === 'file') return { type: 'object', required: ['size'] };
  // Enumerations are named and not listed.
  return { type: 'string' };
}

function fits(type: string, value: unknown): string | undefined {
  const validate = compiled.get(type) ?? ajv.compile(schemaOf(type));
  compiled.set(type, validate);
  return validate(value) ? undefined : ajv.errorsText(validate.errors);
}

/** What a query or a form says, which know text alone. */
function read(type: string, text: string): unknown {
  if (type === 'bool') return text === 'true' ? true : text === 'false' ? false : text;
  if (type.startsWith('list')) return text.split(',');
  return text;
}

/**
 * Holds requests to Meta's description of its nodes. `nodeOf` says of which kind an id is; kinds that are not among the
 * files are let pass, as `undescribed` says by name.
 */
export function metaCheck(of: {
  version: string;
  nodeOf: (id: string) => string | undefined;
  undescribed: Readonly<Record<string, string>>;
  waivers: readonly Waiver[];
}): Check {
  return (request) => {
    const [, version, id = '', edge, ...more] = request.path.split('/');
    if (version !== of.version || more.length > 0) return ['this is no address of the Graph API'];
    const kind = of.nodeOf(id);
    if (kind === undefined || kind in of.undescribed) return [];
    const own = { GET: '#get', POST: '#update', DELETE: '#delete' }[request.method];
    const api = nodeNamed(kind)?.apis.find(
      (each) =>
        each.method === request.method &&
        (edge === undefined ? each.name === own : each.endpoint === edge),
    );
    if (!api) return [`${kind} has no ${request.method} ${edge ?? 'of its own'}`];
    return [...checkParams(request, api), ...checkFields(request, api, of.undescribed)].filter(
      (problem) => !of.waivers.some((waiver) => waiver.problem.test(problem)),
    );
  };
}

function checkParams({ query, body, headers, method }: Recorded, api: Api): string[] {
  const isJson = /\bjson\b/.test(headers['content-type'] ?? '');
  const sent = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const given = [
    ...[...query].map(([name, value]) => ({ name, value: value, text: true })),
    ...sent.map(([name, value]) => ({ name, value: value as unknown, text: !isJson })),
  ];
  const problems = given.flatMap(({ name, value, text }) => {
    const known = api.params.find((param) => param.name === name)?.type;
    const type = known ?? (method === 'GET' ? always[name] : undefined);
    if (type === undefined) return [`${name} is unknown`];
    const problem = fits(type, text && typeof value === 'string' ? read(type, value) : value);
    return problem === undefined ? [] : [`${name}: ${problem}`];
  });
  const missing = api.params.filter(
    ({ name, required }) => required && !given.some((each) => each.name === name),
  );
  return [...problems, ...missing.map(({ name }) => `${name} is missing`)];
}

function checkFields(
  { query }: Recorded,
  api: Api,
  undescribed: Readonly<Record<string, string>>,
): string[] {
  const asked = query.get('fields');
  if (asked === null || api.return in undescribed) return [];
  const node = nodeNamed(api.return);
  if (!node) return [`${api.return} is not described`];
  const known = [
    ...node.fields.map(({ name }) => name),
    ...node.apis.flatMap(({ method, endpoint }) =>
      method === 'GET' && endpoint !== undefined ? [endpoint] : [],
    ),
  ];
  return fieldNames(asked)
    .filter((name) => !known.includes(name))
    .map((name) => `${api.return} has no field ${name}`);
}
