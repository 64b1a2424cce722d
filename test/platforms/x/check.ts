import { readFileSync } from 'node:fs';
import { shared } from '../../shared.ts';
import type { Check } from '../host.ts';
import { openApiCheck, type Waiver } from '../openapi.ts';

const finalize: Waiver = {
  operation: 'POST /2/media/upload/{id}/finalize',
  problem: /a body where there is none/,
  reason: 'the library sends an empty object with every POST',
};

const segment: Waiver = {
  operation: 'POST /2/media/upload/{id}/append',
  problem: /segment_index must match exactly one schema|^body must match a schema in anyOf \{\}$/,
  reason: 'a number in a form is text as well, where 2.166 asks for just one of the two',
};

/** Holds requests to X's own description, the present one and the one before it. */
export function xCheck(): Check {
  const load = (version: string) =>
    JSON.parse(
      readFileSync(shared(`platforms/specs/x.openapi.${version}.json`), 'utf8'),
    ) as unknown;
  const before = openApiCheck(load('2.166'), { waivers: [finalize, segment] });
  const present = openApiCheck(load('2.167'), {
    waivers: [
      finalize,
      {
        problem: /^query tweet\.fields is unknown$/,
        reason: '2.167 calls it post.fields; X takes both, and the library only knows the old name',
      },
    ],
  });
  return (request) => [
    ...before(request).map((problem) => `2.166: ${problem}`),
    ...present(request).map((problem) => `2.167: ${problem}`),
  ];
}
