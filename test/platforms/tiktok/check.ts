import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { shared } from '../../shared.ts';
import type { Check, Recorded } from '../host.ts';

/** Operations the transcribed description leaves out; the stand-in itself refuses what is wrong with them. */
const undescribed: Readonly<Record<string, string>> = {
  'POST /v2/post/publish/creator_info/query/': '"Query Creator Info"; takes nothing',
  'POST /v2/video/list/': '"List Videos" of the Display API',
  'POST /v2/video/query/': '"Query Videos" of the Display API',
  'GET /v2/user/info/': '"Get User Info"',
  'PUT /video/': 'an address TikTok gives; it takes bytes',
};

/** Holds requests to the description of TikTok's API that was transcribed from its pages. */
export function tiktokCheck(): Check {
  const path = shared('platforms/specs/tiktok.derived.schema.json');
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  const document = JSON.parse(readFileSync(path, 'utf8')) as { $defs: Record<string, object> };
  ajv.addSchema(document);
  const compiled = new Map<string, ValidateFunction>();
  return (request) => {
    const name = `${request.method} ${request.path}`;
    if (name in undescribed) return [];
    if (!(name in document.$defs)) return [`${name} is not described`];
    const pointer = encodeURIComponent(name.replace(/~/g, '~0').replace(/\//g, '~1'));
    const validate =
      compiled.get(name) ?? ajv.compile({ $ref: `tiktok.derived#/$defs/${pointer}` });
    compiled.set(name, validate);
    const problems = validate(request.body) ? [] : (validate.errors ?? []);
    return [
      ...problems.map(
        ({ instancePath, message, params }) =>
          `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
      ),
      ...lengths(request),
    ];
  };
}

/** The description says itself that its lengths are to be counted in UTF-16, not as ajv does. */
function lengths({ body, path }: Recorded): string[] {
  const { post_info: info } = (body ?? {}) as { post_info?: Record<string, string> };
  const { title = '', description = '' } = info ?? {};
  const most = path.includes('/content/') ? 90 : 2200;
  return [
    ...(title.length > most ? [`title has ${String(title.length)} units`] : []),
    ...(description.length > 4000 ? [`description has ${String(description.length)} units`] : []),
  ];
}
