import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { shared } from '../../shared.ts';
import type { Check, Recorded } from '../host.ts';

interface Parameter {
  type: string;
  location: string;
  required?: boolean;
  repeated?: boolean;
  enum?: string[];
  pattern?: string;
  minimum?: string;
  maximum?: string;
}
interface Method {
  id: string;
  path: string;
  httpMethod: string;
  parameters: Record<string, Parameter>;
  request?: { $ref: string };
  mediaUpload?: { protocols: { simple: { path: string } } };
}
interface Document {
  parameters: Record<string, Parameter>;
  resources: Record<string, { methods?: Record<string, Method> }>;
  schemas: Record<string, unknown>;
}

/** Departures from the description that are right all the same: the problem, and why. */
const waivers: readonly { problem: RegExp; reason: string }[] = [
  {
    problem: /^upload_id is unknown$/,
    reason: 'part of the address the network gives for an upload ("Resumable Uploads")',
  },
];

/** Holds requests to Google's discovery document: path, method, every parameter, and the fields of the body. */
export function discoveryCheck(): Check {
  const path = shared('platforms/specs/youtube.discovery.v3.json');
  const document = JSON.parse(readFileSync(path, 'utf8')) as Document;
  const methods = Object.values(document.resources).flatMap((each) =>
    Object.values(each.methods ?? {}),
  );
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  for (const [name, schema] of Object.entries(document.schemas))
    ajv.addSchema(closed(schema) as object, name);
  const compiled = new Map<string, ValidateFunction>();

  const check = (request: Recorded): string[] => {
    const isUpload = request.path.startsWith('/upload/');
    const method = methods.find(({ path, httpMethod, mediaUpload }) =>
      isUpload
        ? mediaUpload?.protocols.simple.path === request.path
        : `/${path}` === request.path && httpMethod === request.method,
    );
    if (!method) return ['the description has no such method'];
    const isPiece = isUpload && request.method === 'PUT';
    const known = { ...document.parameters, ...method.parameters };
    const problems = [...new Set(request.query.keys())].flatMap((name) => {
      const parameter = known[name];
      if (!parameter) return [`${name} is unknown`];
      const values = request.query.getAll(name);
      const many = values.length > 1 && !parameter.repeated ? [`${name} is sent twice`] : [];
      return [...many, ...values.flatMap((value) => wrong(name, parameter, value))];
    });
    const missing = Object.entries(method.parameters)
      .filter(([name, { required }]) => required && !request.query.has(name) && !isPiece)
      .map(([name]) => `${name} is missing`);
    return [...problems, ...missing, ...(isPiece ? [] : bodyProblems(method, request.body))];
  };
  function bodyProblems({ request }: Method, body: unknown): string[] {
    if (!request) return body === undefined ? [] : ['a body where there is none'];
    const validate = compiled.get(request.$ref) ?? ajv.compile({ $ref: request.$ref });
    compiled.set(request.$ref, validate);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  }
  return (request) =>
    check(request).filter((problem) => !waivers.some((waiver) => waiver.problem.test(problem)));
}

function wrong(name: string, parameter: Parameter, value: string): string[] {
  const { type, enum: values, pattern, minimum, maximum } = parameter;
  if (values && !values.includes(value)) return [`${name} cannot be ${value}`];
  if (type === 'boolean' && value !== 'true' && value !== 'false')
    return [`${name} is no boolean: ${value}`];
  if (type === 'integer') {
    const number = Number(value);
    const fits = number >= Number(minimum ?? -Infinity) && number <= Number(maximum ?? Infinity);
    if (!Number.isInteger(number) || !fits) return [`${name} cannot be ${value}`];
  }
  return pattern && !new RegExp(pattern).test(value) ? [`${name} cannot be ${value}`] : [];
}

/** A schema that knows no fields but its own; what Google says of a schema beside is dropped. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { id: _, annotations: __, ...rest } = schema as Record<string, unknown>;
  const { properties } = rest;
  const fields = Object.entries((properties ?? {}) as Record<string, unknown>);
  return {
    ...rest,
    ...(rest.items !== undefined && { items: closed(rest.items) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(fields.map(([name, field]) => [name, closed(field)])),
      additionalProperties: false,
    }),
  };
}
