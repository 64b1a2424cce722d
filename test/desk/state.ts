import type { State } from '../../lib/desk/state.ts';
import { currentHash } from '../../lib/review/binding.ts';
import type { Observation } from '../../lib/review/observation.ts';
import { profileSchema } from '../../lib/store/profile.ts';
import { aRecord, aRevision } from '../review/record.ts';

export const now = 1_800_000_000_000;
const bot = { id: 1, username: 'bot', name: 'bot' };

/** A post in review on which nothing has happened yet; `changes` is what GitLab says beside. */
export function aPostInReview(changes: Partial<Observation> = {}): State {
  const document: NonNullable<Observation['document']> = {
    path: 'content/posts/2026/11/rates-3f9a.md',
    file: 'f'.repeat(64),
    content: 'words',
    variants: {},
    media: [],
    where: 'branch',
    targets: [{ name: 'outbox', platform: 'outbox', parts: [] }],
    warnings: [],
    problems: [],
  };
  const times = { createdAt: now - 100_000, updatedAt: now - 100_000 };
  return {
    record: aRecord({
      since: now - 60_000,
      updated: now - 60_000,
      closes: now - 60_000,
      projected: { ready: now - 60_000 },
      revisions: [
        aRevision(1, {
          hash: currentHash({}, document),
          file: document.file,
          cardedAt: now - 60_000,
        }),
      ],
    }),
    observation: {
      me: 1,
      issue: {
        iid: 1,
        title: 't',
        description: '',
        state: 'opened',
        labels: ['pulse::review'],
        url: '',
        author: bot,
        ...times,
      },
      mergeRequest: {
        iid: 2,
        title: 't',
        description: '',
        state: 'opened',
        draft: false,
        labels: ['pulse::review'],
        sourceBranch: 'post/rates-3f9a',
        targetBranch: 'main',
        sourceProject: 1,
        targetProject: 1,
        sha: 'abc',
        mergeStatus: 'mergeable',
        author: bot,
        url: '',
        ...times,
      },
      notes: [],
      labels: [],
      approvals: [],
      branchExists: true,
      document,
      levels: { 5: 30 },
      ...changes,
    },
    profile: profileSchema.parse({
      name: 'crypto',
      title: 'Crypto',
      description: 'd',
      voice: 'v',
      topics: [{ name: 't', about: 'a', keywords: ['k'] }],
      accounts: [{ name: 'outbox', platform: 'outbox' }],
    }),
    now,
    settle: 5000,
  };
}
