import { fail } from '../errors.ts';
import { parseDocument } from '../draft/parse.ts';
import { platformNamed } from '../platforms/index.ts';
import type { Content } from '../publish/context.ts';
import { deliverDue } from '../publish/deliver.ts';
import { dueDeliveries } from '../publish/due.ts';
import type { Profile } from '../store/profile.ts';
import type { Delivery, PostRecord } from '../store/record.ts';
import { confirm } from './confirm.ts';
import { connectAccount } from './connect.ts';
import type { Desk } from './context.ts';
import { networksOf } from './instances.ts';
import { keepCount } from './limits.ts';
import { contentFor } from './media.ts';
import { findDocument } from './read/find.ts';
import { stopFor } from './stops.ts';

/** Sends what is due of a post; the same record when nothing was. */
export async function deliver(
  desk: Desk,
  record: PostRecord,
  profile: Profile,
): Promise<PostRecord> {
  const graceOf = (name: string) => platformNamed(name).grace;
  if (dueDeliveries(record, desk.clock.now(), graceOf).length === 0) return record;
  const delivered = await deliverDue(record, {
    profile,
    language: profile.language,
    outgoing: (delivery) => outgoing(desk, record, profile, delivery),
    platform: platformNamed,
    connect: (account) => connectAccount(desk, account),
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
    stopped: ({ target }) => stopFor(desk, profile.name, target),
    confirm: (delivery) => confirm(desk, record, profile, delivery),
    clock: desk.clock,
    holder: desk.settings.holder,
    log: desk.log,
    timing: { claim: desk.settings.claim },
  });
  await keepCount(desk);
  return delivered;
}

/** Words and images as they stand on the default branch. */
async function outgoing(
  desk: Desk,
  record: PostRecord,
  profile: Profile,
  { target, platform }: Delivery,
): Promise<Content> {
  const ref = desk.project.defaultBranch;
  const found = await findDocument(desk, record, ref);
  const { document } = found === undefined ? {} : parseDocument(found.text, found.path);
  if (document === undefined) {
    throw fail('INTERNAL', { why: `the document of ${record.id} is not on ${ref}` });
  }
  const account = profile.accounts.filter(({ name }) => name === target);
  const networks = await networksOf(desk, account);
  return contentFor(desk, document, target, networks[platform] ?? platformNamed(platform), ref);
}
