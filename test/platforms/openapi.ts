import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Check, Recorded } from './host.ts';

/** A departure from the description that is right all the same. */
export interface Waiver {
  /** `POST /2/tweets`, as the description writes the path; absent for every request. */
  operation?: string;
  /** Matches the problem that is let pass. */
  problem: RegExp;
  reason: string;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  $ref?: string;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Record<string, unknown>; $ref?: string };
}

/**
 * Holds requests to an OpenAPI description (3.0 or 3.1): path and method, every parameter, the body and its fields.
 * `prefix` is what stands before the description's paths. Schemas are compiled when an operation is first used.
 */
export function openApiCheck(
  document: unknown,
  { prefix = '', waivers = [] }: { prefix?: string; waivers?: readonly Waiver[] },
): Check {
  const root = normalise(document) as { paths: Record<string, Record<string, Operation>> };
  const options = { strict: false, allErrors: true, validateFormats: false, validateSchema: false };
  const exact = new Ajv2020(options);
  // Forms and queries know only text.
  const lenient = new Ajv2020({ ...options, coerceTypes: 'array' });
  for (const ajv of [exact, lenient]) ajv.addSchema(root, 'document');
  const compiled = new Map<string, ValidateFunction>();
  const validate = (ajv: Ajv2020, pointer: string, value: unknown, what: string): string[] => {
    const key = `${ajv === exact ? 'exact' : 'lenient'} ${pointer}`;
    const known = compiled.get(key) ?? ajv.compile({ $ref: `document#${pointer}` });
    compiled.set(key, known);
    if (known(value)) return [];
    return (known.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${what}${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  };
  const paths = Object.entries(root.paths).map(([path, operations]) => ({
    path,
    operations,
    // Fewer blanks first: /statuses/home before /statuses/{id}.
    blanks: path.match(/\{/g)?.length ?? 0,
    pattern: new RegExp(
      `^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^/{}]+\}/g, '[^/]+')}$`,
    ),
  }));
  paths.sort((a, b) => a.blanks - b.blanks);

  return (request) => {
    const path = request.path.startsWith(prefix) ? request.path.slice(prefix.length) : undefined;
    const method = request.method.toLowerCase();
    const found = paths.find(
      (each) => path !== undefined && each.pattern.test(path) && each.operations[method],
    );
    const operation = found?.operations[method];
    const name = `${request.method} ${found?.path ?? request.path}`;
    const problems =
      operation === undefined || found === undefined
        ? ['the description has no such operation']
        : [
            ...checkParameters(request, [
              ...parametersAt(root, pointerTo('paths', found.path)),
              ...parametersAt(root, pointerTo('paths', found.path, method)),
            ]),
            ...checkBody(request, operation, pointerTo('paths', found.path, method)),
          ];
    return problems.filter(
      (problem) =>
        !waivers.some(
          (waiver) =>
            (waiver.operation === undefined || waiver.operation === name) &&
            waiver.problem.test(problem),
        ),
    );
  };

  function checkParameters(
    { query, headers }: Recorded,
    parameters: readonly (Parameter & { pointer: string })[],
  ): string[] {
    const inQuery = parameters.filter((each) => each.in === 'query');
    const bare = (key: string) => key.replace(/\[.*$/, '');
    const unknown = [...new Set([...query.keys()].map(bare))].filter(
      (key) => !inQuery.some((each) => bare(each.name) === key),
    );
    const wrong = inQuery.flatMap(({ name, required, pointer }) => {
      const values = [...query.entries()].flatMap(([key, value]) =>
        bare(key) === bare(name) ? [value] : [],
      );
      if (values.length === 0) return required ? [`query ${name} is missing`] : [];
      const schema = resolve(root, valueAt(root, pointer)) as { type?: string } | undefined;
      const isList = schema?.type === 'array';
      const list = values.flatMap((value) => (isList ? value.split(',') : [value]));
      return validate(lenient, pointer, isList ? list : values[0], `query ${name}`);
    });
    const absent = parameters.filter(
      (each) => each.in === 'header' && each.required && !(each.name.toLowerCase() in headers),
    );
    return [
      ...unknown.map((key) => `query ${key} is unknown`),
      ...wrong,
      ...absent.map((each) => `header ${each.name} is missing`),
    ];
  }

  function checkBody({ body, headers }: Recorded, operation: Operation, at: string): string[] {
    const holder = operation.requestBody;
    const pointer = holder?.$ref?.slice(1) ?? `${at}/requestBody`;
    const described = valueAt(root, pointer) as Operation['requestBody'];
    if (body === undefined) return described?.required === true ? ['the body is missing'] : [];
    const type = (headers['content-type'] ?? '').split(';')[0] ?? '';
    const offered = Object.keys(described?.content ?? {});
    if (offered.length === 0) return ['a body where there is none'];
    // Who takes a form takes JSON of the same fields, unless the description lists both.
    const taken = offered.find((each) => each === type) ?? offered[0] ?? '';
    const schema = `${pointer}/content/${escape(taken)}/schema`;
    const isJson = type.includes('json');
    const fields = typeof body === 'object' && body !== null ? Object.keys(body) : [];
    const known = propertiesOf(root, valueAt(root, schema));
    const unknown = known ? fields.filter((field) => !known.has(field)) : [];
    const content = isJson ? body : withoutFiles(body);
    return [
      ...unknown.map((field) => `body/${field} is unknown`),
      ...validate(isJson ? exact : lenient, schema, content, 'body'),
    ];
  }
}

/** Parameters listed at a place of the description, each with where its schema stands. */
function parametersAt(root: unknown, place: string) {
  const list = (valueAt(root, `${place}/parameters`) ?? []) as Parameter[];
  return list.map((each, index) => {
    const at = each.$ref?.slice(1) ?? `${place}/parameters/${String(index)}`;
    return { ...(valueAt(root, at) as Parameter), pointer: `${at}/schema` };
  });
}

/** A JSON pointer as it stands in a fragment. */
function pointerTo(...names: readonly string[]): string {
  return names.map((name) => `/${escape(name)}`).join('');
}

function escape(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function valueAt(root: unknown, pointer: string): unknown {
  const names = pointer.split('/').slice(1);
  const clear = (name: string) =>
    decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~');
  return names.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[clear(name)],
    root,
  );
}

interface Schema {
  $ref?: string;
  properties?: object;
  additionalProperties?: unknown;
  allOf?: unknown[];
  anyOf?: unknown[];
  oneOf?: unknown[];
}

function resolve(root: unknown, schema: unknown): Schema | undefined {
  const found = schema as Schema | undefined;
  return found?.$ref === undefined ? found : resolve(root, valueAt(root, found.$ref.slice(1)));
}

/** Names of the fields a schema knows, alternatives included; undefined when any may be there. */
function propertiesOf(root: unknown, schema: unknown): Set<string> | undefined {
  const found = resolve(root, schema);
  if (found === undefined) return undefined;
  const names = new Set(Object.keys(found.properties ?? {}));
  for (const part of [found.allOf, found.anyOf, found.oneOf].flatMap((list) => list ?? []))
    for (const name of propertiesOf(root, part) ?? []) names.add(name);
  return names.size === 0 ? undefined : names;
}

/** Files of a form as their names: what a description calls a binary string. */
function withoutFiles(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && 'size' in value
        ? String((value as { name?: unknown }).name)
        : value,
    ]),
  );
}

/** The document without what no validator takes: `nullable` becomes a type, listed values stand once each. */
function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...rest } = value as Record<string, unknown>;
  const copy = Object.fromEntries(
    Object.entries(rest).map(([key, child]) => [key, normalise(child)]),
  );
  if (Array.isArray(copy.enum)) copy.enum = [...new Set(copy.enum)];
  if (nullable === true) {
    if (typeof copy.type === 'string') copy.type = [copy.type, 'null'];
    if (Array.isArray(copy.enum)) copy.enum.push(null);
  } else if (typeof nullable === 'object') copy.nullable = normalise(nullable);
  return copy;
}
