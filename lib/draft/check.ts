import type { Platform } from '../platforms/platform.ts';
import type { Problem } from '../problem.ts';
import { oneOf } from '../store/nearest.ts';
import type { Profile } from '../store/profile.ts';
import { checkExtras } from './check-extras.ts';
import { checkMedia } from './check-media.ts';
import { checkRefused } from './check-refused.ts';
import { checkWords } from './check-words.ts';
import type { PostDocument } from './document.ts';
import type { Verdicts } from './media/judge.ts';
import { chosenVariant } from './outgoing.ts';
import { isPostPath } from './paths.ts';
import { type Places, placesOf } from './places.ts';

export interface CheckContext {
  /** The profile the document names; undefined when there is none of that name. */
  profile: Profile | undefined;
  platforms: Readonly<Record<string, Platform>>;
  /** Whether a file is there and is a plain one: no folder, no link. */
  exists: (path: string) => boolean;
  /** Whether each file can be sent to each network, as `judgeMedia` found out; nothing is said of them when absent. */
  verdicts?: Verdicts;
  /** ms UTC; 0 takes any time for the future. */
  now: number;
  /** Names of all profiles, for the message. */
  profiles?: readonly string[];
  /** Another file with the same id. */
  twin?: (id: string) => string | undefined;
}

/** Reports a broken rule on a line, counted from 1. */
export type Report = (
  rule: string,
  line: number,
  message: string,
  expected?: string,
  severity?: Problem['severity'],
) => void;

export interface Checked {
  document: PostDocument;
  places: Places;
  profile: Profile;
  platforms: Readonly<Record<string, Platform>>;
  exists: (path: string) => boolean;
  verdicts: Verdicts;
  report: Report;
}

/**
 * Everything that keeps a document from being published, each on its line of `text`. Pure. An error fails the check;
 * a warning is for people to judge.
 */
export function checkDocument(
  document: PostDocument,
  text: string,
  file: string,
  context: CheckContext,
): readonly Problem[] {
  const problems: Problem[] = [];
  const places = placesOf(text);
  const report: Report = (rule, line, message, expected, severity = 'error') =>
    problems.push({
      file,
      line,
      rule,
      severity,
      message,
      ...(expected === undefined ? {} : { expected }),
    });

  checkPlace(document, file, places, context, report);
  checkUse(document, places, report);
  const { profile, platforms, exists, verdicts = () => undefined } = context;
  if (!profile) {
    const { profiles = [] } = context;
    const message = `there is no profile "${document.profile}"`;
    report('profile-unknown', places.front('profile'), message, oneOf(document.profile, profiles));
  } else {
    const checked: Checked = { document, places, profile, platforms, exists, verdicts, report };
    checkTargets(checked);
    checkWords(checked);
    checkMedia(checked);
    checkExtras(checked);
    checkRefused(checked);
  }
  return problems.sort((a, b) => a.line - b.line);
}

function checkPlace(
  { id, schedule }: PostDocument,
  file: string,
  places: Places,
  { now, twin }: CheckContext,
  report: Report,
) {
  if (!isPostPath(file)) {
    const expected =
      'content/posts/<yyyy>/<mm>/<name>.md, the name in lower-case letters, digits, -';
    report('post-path', 1, `a post may not lie at ${file}`, expected);
  }
  const other = twin?.(id);
  if (other !== undefined)
    report('id-taken', places.front('id'), `${other} has the id "${id}" too`, 'an id of its own');
  if (schedule !== undefined && Date.parse(schedule) < now)
    report(
      'schedule-past',
      places.front('schedule'),
      `${schedule} is over: the post goes out as soon as it is approved`,
      'a time to come, or no schedule',
      'warning',
    );
}

function checkUse(document: PostDocument, places: Places, report: Report) {
  const { use, variants } = document;
  if (chosenVariant(document)) return;
  const known = variants.map(({ name }) => name);
  report(
    'use-unknown',
    places.front('use'),
    `there is no variant "${use ?? ''}"`,
    oneOf(use ?? '', known),
  );
}

function checkTargets({ document, places, profile, platforms, report }: Checked) {
  const { targets, variants } = document;
  const names = profile.accounts.map(({ name }) => name);
  if (targets.length === 0)
    report('target-missing', places.front('targets'), 'the post goes nowhere', oneOf('', names));
  targets.forEach((target, index) => {
    const line = places.front('targets', index);
    if (!names.includes(target))
      report(
        'target-unknown',
        line,
        `"${target}" is no account of ${profile.name}`,
        oneOf(target, names),
      );
    const account = profile.accounts.find(({ name }) => name === target);
    if (account && platforms[account.platform]?.measure === undefined)
      report(
        'target-network',
        line,
        `"${target}" is on ${account.platform}, where nothing can be published`,
        'an account on another network',
      );
    if (targets.indexOf(target) < index)
      report('target-twice', line, `the target "${target}" is named twice`, 'each target once');
  });
  const all = [...names, ...profile.accounts.map(({ platform }) => platform)];
  for (const variant of variants)
    for (const name of Object.keys(variant.overrides))
      if (!all.includes(name))
        report(
          'override-unknown',
          places.override(variant.name, name),
          `"${name}" is no account or network of ${profile.name}; nobody will read these words`,
          `${oneOf(name, [...new Set(all)])} or a backslash in front if the line is meant as text`,
        );
}
