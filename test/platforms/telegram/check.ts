import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { shared } from '../../shared.ts';
import type { Check, Recorded } from '../host.ts';

interface Field {
  name: string;
  types: string[];
  required: boolean;
  description: string;
}

interface Spec {
  methods: Record<string, { fields?: Field[] }>;
  types: Record<string, { fields?: Field[]; subtypes?: string[] }>;
}

type Schema = Record<string, unknown>;

/** Every request against the Bot API's own description, its lengths included. */
export function telegramCheck(): Check {
  const path = shared('platforms/specs/telegram.botapi.json');
  const spec = JSON.parse(readFileSync(path, 'utf8')) as Spec;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  const $defs = Object.fromEntries(
    Object.entries(spec.types).map(([name, { fields, subtypes }]) => [
      name,
      subtypes ? { anyOf: subtypes.map(reference) } : objectOf(fields ?? []),
    ]),
  );
  ajv.addSchema({ $id: 'types', $defs: { ...$defs, InputFile: objectOf(fileFields) } });
  const compiled = new Map<string, ValidateFunction>();
  return (request) => {
    const method = /^\/bot[^/]+\/(\w+)$/.exec(request.path)?.[1] ?? '';
    const described = spec.methods[method];
    if (!described) return ['the Bot API has no such method'];
    const fields = described.fields ?? [];
    const { body, files } = contentOf(request, fields);
    const validate = compiled.get(method) ?? ajv.compile(objectOf(fields));
    compiled.set(method, validate);
    const referred = new Set(JSON.stringify(body).match(/(?<=attach:\/\/)\w+/g) ?? []);
    const lone = files.filter((name) => !referred.has(name));
    const gone = [...referred].filter((name) => !files.includes(name));
    const wrong = validate(body)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) =>
            `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
        );
    return [
      ...wrong,
      ...lone.map((name) => `a field nobody knows: ${name}`),
      ...gone.map((name) => `a file that is missing: ${name}`),
    ];
  };
}

const reference = (name: string): Schema => ({ $ref: `types#/$defs/${name}` });
const fileFields: Field[] = ['name', 'type', 'size'].map((name) => ({
  name,
  types: [name === 'size' ? 'Integer' : 'String'],
  required: true,
  description: '',
}));

function objectOf(fields: readonly Field[]): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map(({ name, types, description }) => [
        name,
        { anyOf: types.map((type) => schemaOf(type, description)) },
      ]),
    ),
    required: fields.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
}

const plain: Record<string, Schema> = {
  Integer: { type: 'integer' },
  Float: { type: 'number' },
  Boolean: { type: 'boolean' },
};

/** `Array of MessageEntity`, `String`; how many of what there may be stands in the description alone. */
function schemaOf(type: string, description: string): Schema {
  const items = /^Array of (.*)$/.exec(type)?.[1];
  const [, min, max, what] =
    /\b([\d,]+)-([\d,]+) (characters|items|answer)/.exec(description) ?? [];
  const [least, most] = [min, max].map((number) => Number(number?.replaceAll(',', '')));
  if (items !== undefined) {
    const bounds = what !== undefined &&
      what !== 'characters' && { minItems: least, maxItems: most };
    return { type: 'array', items: schemaOf(items, ''), ...bounds };
  }
  // Lengths hold for what is left once the white space around it is gone.
  if (type === 'String')
    return { type: 'string', ...(what === 'characters' && { maxLength: most, minLength: least }) };
  const only = /\bmust be (\w+)$/.exec(description)?.[1];
  return plain[type] ?? (only === undefined ? reference(type) : { const: only });
}

/** The fields of a request; those of a form that are no text were made JSON. */
function contentOf({ body, headers }: Recorded, fields: readonly Field[]) {
  const content = (body ?? {}) as Record<string, unknown>;
  if (!headers['content-type']?.startsWith('multipart/')) return { body: content, files: [] };
  const known = new Map(fields.map((field) => [field.name, field.types]));
  const files = Object.keys(content).filter((name) => !known.has(name));
  const parsed = Object.entries(content)
    .filter(([name]) => known.has(name))
    .map(([name, value]) => [
      name,
      typeof value === 'string' && !known.get(name)?.includes('String')
        ? (JSON.parse(value) as unknown)
        : value,
    ]);
  return { body: Object.fromEntries(parsed) as Record<string, unknown>, files };
}
