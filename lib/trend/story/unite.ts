import { addCurves } from './curve.ts';
import { mostHeard } from './speakers.ts';
import { type Spelled, spelling } from './spelling.ts';
import type { Story, Told } from './story.ts';
import type { Evidence } from '../trend.ts';

/** Leading terms of which two networks have to share one, or of the second number two. */
const [leading, near] = [3, 6];
const [mostTerms, mostEvidence, mostFirst] = [10, 5, 120];

/**
 * Makes one trend of those of several networks that tell the same: they share one of three leading terms, or two of six;
 * `spelled` says what is the same term.
 * Networks that corroborate each other are independent: their scores add up as squares. Strongest first,
 * whatever order they come in.
 */
export function uniteTrends(
  perNetwork: readonly (readonly Story[])[],
  spelled: Spelled = spelling,
): Story[] {
  const united: Story[] = [];
  for (const story of perNetwork.flat().toSorted(byStrength)) {
    const same = united.findIndex((each) => apart(each, story) && tellsSame(each, story, spelled));
    const other = united[same];
    if (other === undefined) united.push(story);
    else united[same] = unite(other, story);
  }
  return united.sort(byStrength);
}

const key = ({ firstAt, networks, members }: Story) =>
  [firstAt, ...networks, ...members].join('\n');

const byStrength = (a: Story, b: Story) => b.score - a.score || (key(a) < key(b) ? -1 : 1);

const apart = (a: Story, b: Story) => !a.networks.some((network) => b.networks.includes(network));

function tellsSame(a: Story, b: Story, spelled: Spelled): boolean {
  const [one, other] = [a, b].map(({ members }) => members.slice(0, near).map(spelled));
  const shared = (most: number) => {
    const others = new Set(other?.slice(0, most));
    return [...new Set(one?.slice(0, most))].filter((term) => others.has(term)).length;
  };
  return shared(leading) > 0 || shared(near) > 1;
}

function unite(a: Story, b: Story): Story {
  const authors = a.authors === undefined && b.authors === undefined;
  const curve = addCurves(a.curve, b.curve);
  return {
    ...a,
    members: [...new Set([...a.members, ...b.members])],
    score: Math.hypot(a.score, b.score),
    posts: a.posts + b.posts,
    expected: a.expected + b.expected,
    ...(!authors && { authors: (a.authors ?? 0) + (b.authors ?? 0) }),
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
    networks: [...a.networks, ...b.networks].sort(),
    voices: [...(a.voices ?? []), ...(b.voices ?? [])].sort(
      (x, y) => x.firstAt - y.firstAt || (x.network < y.network ? -1 : 1),
    ),
    ...(curve && { curve }),
    tell: () => tellBoth(a.tell(), b.tell()),
  };
}

function tellBoth(a: Told, b: Told): Told {
  const speakers = mostHeard([...(a.speakers ?? []), ...(b.speakers ?? [])]);
  return {
    name: a.name,
    terms: [...new Set([...a.terms, ...b.terms])].slice(0, mostTerms),
    evidence: mixed(a.evidence, b.evidence),
    ...(speakers.length > 0 && { speakers }),
    first: [...a.first, ...b.first]
      .sort((x, y) => x.at - y.at || (x.id < y.id ? -1 : 1))
      .slice(0, mostFirst),
  };
}

/** Three of the stronger network and two of the other, or more of one where the other has fewer. */
function mixed(a: readonly Evidence[], b: readonly Evidence[]): Evidence[] {
  const fromB = Math.min(b.length, Math.max(2, mostEvidence - a.length));
  return [...a.slice(0, mostEvidence - fromB), ...b.slice(0, fromB)];
}
