import { fail } from '../errors.ts';
import { outgoingFor } from '../draft/outgoing.ts';
import { imageType } from '../draft/paths.ts';
import { parseDocument } from '../draft/parse.ts';
import { platformNamed } from '../platforms/index.ts';
import { keepOutboxIn } from '../platforms/outbox/shelf.ts';
import type { Account, Connection, Media, Outgoing } from '../platforms/platform.ts';
import { deliverDue } from '../publish/deliver.ts';
import { dueDeliveries } from '../publish/due.ts';
import type { Profile } from '../store/profile.ts';
import type { Delivery, PostRecord } from '../store/record.ts';
import { confirm } from './confirm.ts';
import type { Desk } from './context.ts';
import { stateBranch } from './protection.ts';
import { findDocument } from './read/find.ts';

/** Sends what is due of a post; the same record when nothing was. */
export async function deliver(
  desk: Desk,
  record: PostRecord,
  profile: Profile,
): Promise<PostRecord> {
  const graceOf = (name: string) => platformNamed(name).grace;
  if (dueDeliveries(record, desk.clock.now(), graceOf).length === 0) return record;
  return deliverDue(record, {
    profile,
    language: profile.language,
    outgoing: (delivery) => outgoing(desk, record, delivery),
    platform: platformNamed,
    connect: (account) => connect(desk, account),
    files: desk.files,
    records: {
      load: async () => {
        const found = await desk.records.load(record.id);
        if (found === undefined)
          throw fail('INTERNAL', { why: `the record of ${record.id} is gone` });
        return found;
      },
      save: (changed) => desk.records.save({ ...changed, updated: desk.clock.now() }),
    },
    confirm: (delivery) => confirm(desk, record, profile, delivery),
    clock: desk.clock,
    holder: desk.settings.holder,
    log: desk.log,
    timing: { claim: desk.settings.claim },
  });
}

/** Words and images as they stand on the default branch. */
async function outgoing(
  desk: Desk,
  record: PostRecord,
  { target, platform }: Delivery,
): Promise<Outgoing['parts']> {
  const ref = desk.project.defaultBranch;
  const found = await findDocument(desk, record, ref);
  const { document } = found === undefined ? {} : parseDocument(found.text, found.path);
  if (document === undefined) {
    throw fail('INTERNAL', { why: `the document of ${record.id} is not on ${ref}` });
  }
  const { parts } = outgoingFor(document, target, platform);
  return Promise.all(
    parts.map(async ({ text, media }) => ({
      text,
      media: await Promise.all(media.map(({ file, alt }) => readMedia(desk, file, alt, ref))),
    })),
  );
}

async function readMedia(desk: Desk, file: string, alt: string, ref: string): Promise<Media> {
  const bytes = await desk.gitlab.readBytes(file, ref);
  if (bytes === undefined) throw fail('INTERNAL', { why: `${file} is not on ${ref}` });
  const name = file.split('/').at(-1) ?? file;
  const type = imageType(file) ?? 'application/octet-stream';
  return { bytes, type, alt, name };
}

/** One connection an account for the life of the process: networks count sign-ins. One that failed is made anew. */
function connect(desk: Desk, account: Account): Promise<Connection> {
  const known = desk.connections.get(account.name);
  if (known !== undefined) return known;
  const made = platformNamed(account.platform).connect(account, {
    fetch: desk.fetch,
    now: () => desk.clock.now(),
    credentials: desk.credentials,
    outbox: keepOutboxIn(desk.files, (path) => `${desk.project.url}/-/blob/${stateBranch}/${path}`),
  });
  desk.connections.set(account.name, made);
  made.catch(() => desk.connections.delete(account.name));
  return made;
}
