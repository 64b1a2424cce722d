import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { shared } from '../../shared.ts';
import type { Check } from '../host.ts';

/** Operations that the transcribed description leaves out; the stand-in itself refuses what is wrong with them. */
const undescribed: Readonly<Record<string, string>> = {
  'POST /rest/images': '"Images API"',
  'POST /rest/videos': '"Videos API"',
  'GET /rest/videos/{urn}': '"Videos API"',
  'PUT /dms-uploads/{id}': 'an address LinkedIn gives; it takes bytes',
  'GET /rest/posts': '"Posts API", find posts by authors',
  'POST /rest/posts/{urn}': '"Posts API", partial update',
  'DELETE /rest/posts/{urn}': '"Posts API"',
  'GET /rest/socialActions/{urn}/comments': '"Comments API"',
  'POST /rest/socialActions/{urn}/comments': '"Comments API"',
  'POST /rest/socialActions/{urn}/comments/{id}': '"Comments API"',
  'DELETE /rest/socialActions/{urn}/comments/{id}': '"Comments API"',
  'GET /rest/organizationalEntityShareStatistics': '"Share Statistics"',
  'GET /rest/organizations/{id}': '"Organization Lookup"',
  'GET /v2/userinfo': '"Sign In with LinkedIn using OpenID Connect"',
};

const path = shared('platforms/specs/linkedin.derived.schema.json');
const ajv = new Ajv2020({ strict: false, allErrors: true });
const compiled = new Map<string, ValidateFunction>();

function problemsOf(definition: string, value: unknown): string[] {
  if (!ajv.getSchema('linkedin.derived'))
    ajv.addSchema(JSON.parse(readFileSync(path, 'utf8')) as object);
  const pointer = definition.replace(/~/g, '~0').replace(/\//g, '~1');
  const validate =
    compiled.get(definition) ??
    ajv.compile({ $ref: `linkedin.derived#/$defs/${encodeURIComponent(pointer)}` });
  compiled.set(definition, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}

/** Holds requests to the description of LinkedIn's API that was transcribed from its pages. */
export const linkedinCheck: Check = ({ method, path: asked, headers, body }) => {
  const name = `${method} ${asked.replace(/urn(?::|%3A)[^/]+/gi, '{urn}').replace(/\/(?:\d+|up-[^/]+)$/, '/{id}')}`;
  const isRest = asked.startsWith('/rest/');
  const head = isRest ? problemsOf('headers', headers) : [];
  if (name === 'POST /rest/posts') return [...head, ...problemsOf('POST /rest/posts', body)];
  return name in undescribed ? head : [...head, `${name} is not described`];
};
