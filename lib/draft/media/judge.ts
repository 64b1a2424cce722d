import type { MediaRules, Platform } from '../../platforms/platform.ts';
import type { Account } from '../../platforms/platform.ts';
import type { Focus, PostDocument } from '../document.ts';
import { mediaPathProblem } from '../paths.ts';
import { fitMedia, type Fitted } from './fit.ts';
import type { Note, Unfit } from './unfit.ts';

/** Whether a file can be sent to a network, and what people should know then. */
export type Verdict = { unfit: Unfit } | { notes: readonly Note[] };

/** By name of network and path of file; undefined for a file that is not there. */
export type Verdicts = (platform: string, file: string) => Verdict | undefined;

/** What a card shows; networks show it small and say little about it. */
const card = { bytes: 1_000_000, size: { width: 1200, height: 1200 } };

/** What a network takes as the image of a link card: what it takes elsewhere, small, in any shape. */
export function cardRules({ media }: Pick<Platform, 'media'>): MediaRules {
  const { ratio: _any, video: _none, ...rules } = media ?? { bytes: card.bytes, types: [] };
  const still = rules.types.filter((type) => type !== 'image/gif');
  const types = still.length > 0 ? still : ['image/jpeg', 'image/png'];
  const bytes = Math.min(rules.bytes, card.bytes);
  return { count: 1, altRequired: false, ...rules, types, bytes, size: card.size };
}

/**
 * Tries every file of a post at every network it goes to. `judge` is asked once for each; it gives undefined for a file
 * that is not there. The check, which is pure, is handed the answers.
 */
export async function judgeMedia(
  { media, link }: Pick<PostDocument, 'media' | 'link'>,
  accounts: readonly Account[],
  platforms: Readonly<Record<string, Platform>>,
  judge: (file: string, rules: MediaRules, focus?: Focus) => Promise<Verdict | undefined>,
): Promise<Verdicts> {
  const verdicts = new Map<string, Verdict>();
  const networks = new Set(accounts.map(({ platform }) => platform));
  for (const name of networks) {
    const network = platforms[name];
    if (!network) continue;
    const image = link?.image;
    const wanted = [
      ...(network.media ? media.map((entry) => ({ ...entry, rules: network.media })) : []),
      ...(image !== undefined && network.linkCards
        ? [{ file: image, focus: undefined, rules: cardRules(network) }]
        : []),
    ];
    // One after the other: each may hold a large image in memory.
    for (const { file, focus, rules } of wanted) {
      if (!rules || mediaPathProblem(file) !== undefined) continue;
      const verdict = await judge(file, rules, focus);
      const key = `${name} ${file}`;
      const known = verdicts.get(key);
      if (verdict && !(known && 'unfit' in known)) verdicts.set(key, verdict);
    }
  }
  return (platform, file) => verdicts.get(`${platform} ${file}`);
}

/** A verdict by doing it. */
export async function tryToFit(
  bytes: Uint8Array,
  rules: MediaRules,
  focus?: Focus,
): Promise<Verdict> {
  const fitted: Fitted = await fitMedia(
    { bytes, alt: '', name: '', ...(focus && { focus }) },
    rules,
  );
  return 'unfit' in fitted ? { unfit: fitted.unfit } : { notes: fitted.notes };
}
