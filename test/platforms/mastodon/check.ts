import { readFileSync } from 'node:fs';
import { sharedPath } from '../../shared.ts';
import type { Check } from '../host.ts';
import { openApiCheck } from '../openapi.ts';

/** Requests by Mastodon's documentation (mastodon.openapi.json). */
export function mastodonCheck(): Check {
  const file = sharedPath('platforms/specs/mastodon.openapi.json');
  const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
  const { schema } =
    document.paths['/api/v1/statuses'].post.requestBody.content['application/json'];
  // A text with a poll, or with files, is a text as well: of the three shapes any may fit, not just one.
  schema.anyOf = schema.oneOf;
  delete schema.oneOf;
  const check = openApiCheck(document, {});
  return (request) => [...check(request), ...beyond(request)];
}

interface Document {
  paths: {
    '/api/v1/statuses': {
      post: {
        requestBody: {
          content: { 'application/json': { schema: { oneOf?: unknown; anyOf?: unknown } } };
        };
      };
    };
  };
}

/** What the description does not say: what an account owns is asked for in its name, and a body has a type. */
function beyond({ path, headers, body }: Parameters<Check>[0]): string[] {
  const problems: string[] = [];
  if (!/^Bearer \S+$/.test(headers.authorization ?? '')) problems.push(`${path} without a token`);
  if (body !== undefined && headers['content-type'] === undefined)
    problems.push(`${path}: a body of no type`);
  return problems;
}
