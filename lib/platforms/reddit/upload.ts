import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Deadline, Media } from '../platform.ts';
import type { Session } from './session.ts';

/** A file as Reddit holds it, before anybody sees it. */
export interface Asset {
  id: string;
  url: string;
}

const lease = z.object({
  args: z.object({
    action: z.string(),
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
  asset: z.object({ asset_id: z.string() }),
});

/** Asks for a place for the file and brings it there. `api` is another address where Reddit is not spoken to itself. */
export async function upload(
  session: Session,
  { name, type, bytes }: Media,
  { api, deadline }: { api: string | undefined; deadline: Deadline },
): Promise<Asset> {
  const answer = await session.ask({
    operation: 'media',
    method: 'POST',
    uri: 'api/media/asset.json',
    form: { api_type: 'json', filepath: name, mimetype: type },
    deadline,
  });
  const parsed = lease.safeParse(answer);
  if (!parsed.success) {
    const message = 'its answer about an upload is not as expected';
    throw fail('DELIVERY_BUSY', { platform: 'Reddit', status: 200, message });
  }
  const { args, asset } = parsed.data;
  const place = new URL(args.action, api ?? 'https://www.reddit.com');
  if (api !== undefined) place.host = new URL(api).host;
  const form = new FormData();
  for (const each of args.fields) form.append(each.name, each.value);
  // Storage ignores what stands after the file.
  form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
  await session.store(place.href, form, deadline);
  const key = args.fields.find((each) => each.name === 'key')?.value ?? '';
  return { id: asset.asset_id, url: new URL(key, place).href };
}
