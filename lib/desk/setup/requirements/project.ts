import type { ProjectSettings } from '../../../gitlab/settings-objects.ts';
import { different, fine, type Requirement } from '../requirement.ts';

type Setting = keyof ProjectSettings;

/** A setting that must have one of some values; one that this GitLab does not have is fine. */
function setting<K extends Setting>(
  name: string,
  key: K,
  allowed: readonly [ProjectSettings[K], ...ProjectSettings[K][]],
  why: string,
): Requirement {
  return {
    name,
    why,
    look({ settings }) {
      const is = settings[key];
      if (is === undefined) return fine('not in this GitLab');
      if (allowed.includes(is)) return fine(say(is));
      return different(say(is), say(allowed[0]), {
        do: 'set-project',
        change: { [key]: allowed[0] },
      });
    },
  };
}

const say = (value: unknown) =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value).replaceAll('_', ' ');

const shown = ['enabled', 'private'] as const;

export const projectRequirements: readonly Requirement[] = [
  setting(
    'private project',
    'visibility',
    ['private'],
    'Drafts, evidence and decisions are nobody else’s business until they are published.',
  ),
  setting(
    'issues',
    'issuesAccessLevel',
    [...shown],
    'Every post has an issue: its card on the board.',
  ),
  setting(
    'merge requests',
    'mergeRequestsAccessLevel',
    [...shown],
    'Every post is a merge request: that is where it is discussed and approved.',
  ),
  setting(
    'pipelines',
    'buildsAccessLevel',
    [...shown],
    'Listening, drafting and publishing are jobs.',
  ),
  setting(
    'merge method',
    'mergeMethod',
    ['merge'],
    'What goes out is read from the merge commit. Fast-forward has none, and both other methods refuse a branch that is behind.',
  ),
  setting(
    'squash',
    'squashOption',
    ['default_off', 'never'],
    'The commits of a post are its revisions: who wrote what and why. Squashing throws them away.',
  ),
  setting(
    'merge trains',
    'mergeTrainsEnabled',
    [false],
    'A train merges later and by itself, so that a post could go out after its approval was taken back.',
  ),
  setting(
    'threads need not be resolved',
    'onlyAllowMergeIfAllDiscussionsAreResolved',
    [false],
    'Every `/pulse` answer is a thread: each would keep an approved post from being merged.',
  ),
  setting(
    'closing words',
    'autocloseReferencedIssues',
    [false],
    'Posts quote what others wrote; “fixes #12” in one must not close an issue of yours.',
  ),
  setting(
    'merged branches',
    'removeSourceBranchAfterMerge',
    [true],
    'Otherwise one branch is left behind for every post.',
  ),
  {
    name: 'pipelines must succeed',
    why: 'Yours to choose: the desk checks the same rules itself before it merges, but people who merge by hand are only kept from it by this. Without a runner it blocks every merge.',
    look: ({ settings }) => fine(say(settings.onlyAllowMergeIfPipelineSucceeds ?? false)),
  },
];
