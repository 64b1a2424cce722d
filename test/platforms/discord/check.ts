import { readFileSync } from 'node:fs';
import { shared } from '../../shared.ts';
import type { Check, Recorded } from '../host.ts';
import { openApiCheck, type Waiver } from '../openapi.ts';

const waivers: readonly Waiver[] = [];

/** Every request against Discord's own description, and what its documentation says beyond it. */
export function discordCheck(): Check {
  const path = shared('platforms/specs/discord.openapi.json');
  const document = JSON.parse(readFileSync(path, 'utf8')) as unknown;
  const described = openApiCheck(document, { prefix: '/api/v10', waivers });
  return (request) => {
    const { request: unpacked, problems } = unpack(request);
    return [...problems, ...described(unpacked), ...documented(unpacked)];
  };
}

/** A form holds its fields as `payload_json` (documentation, "Uploading Files"), which the description leaves out. */
function unpack(request: Recorded): { request: Recorded; problems: string[] } {
  const form = (request.body ?? {}) as Record<string, unknown>;
  if (!request.headers['content-type']?.startsWith('multipart/')) return { request, problems: [] };
  const { payload_json: payload, ...files } = form;
  const body = JSON.parse(String(payload)) as { attachments?: { id: string }[] };
  const ids = (body.attachments ?? []).map(({ id }) => `files[${id}]`).sort();
  const sent = Object.keys(files).sort();
  const headers = { ...request.headers, 'content-type': 'application/json' };
  return {
    request: { ...request, headers, body },
    problems:
      ids.join() === sent.join() ? [] : [`the files ${sent.join()} are described as ${ids.join()}`],
  };
}

/** Rules that stand in the documentation alone. */
function documented({ headers, body, method }: Recorded): string[] {
  const { content, nonce, enforce_nonce, poll } = (body ?? {}) as Record<string, unknown>;
  const answers = (poll as { answers?: { poll_media: { text: string } }[] } | undefined)?.answers;
  const rules: [boolean, string][] = [
    [/^Bot \S+$/.test(headers.authorization ?? ''), 'authorization must be Bot <token>'],
    [
      (headers['user-agent'] ?? '').startsWith('DiscordBot ('),
      'the user agent must be DiscordBot (url, version)',
    ],
    [
      typeof content !== 'string' || Array.from(content).length <= 2000,
      'content is longer than 2000',
    ],
    [method !== 'POST' || (nonce !== undefined && enforce_nonce === true), 'no enforced nonce'],
    [!answers?.some(({ poll_media }) => poll_media.text.length > 55), 'an answer is too long'],
  ];
  return rules.flatMap(([holds, problem]) => (holds ? [] : [problem]));
}
