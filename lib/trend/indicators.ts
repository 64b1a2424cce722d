import type { ToldMove } from '../ingest/indicators/history.ts';
import { indicatorNetwork } from '../ingest/indicators/signal.ts';
import type { DomainWords } from '../store/domain-words.ts';
import type { Evidence, Trend } from './trend.ts';

/** How long a move is news, ms. */
const fresh = 6 * 3_600_000;
/** A score beyond this ranks no higher; those of posts are seldom above. */
const highest = 20;
const mostEvidence = 5;

/**
 * Trends with what indicators say of them at `now` (ms UTC). A trend whose leading terms name what has moved unusually in the last six
 * hours has the newest such move as its first evidence, with its source and time, and `indicator` among its networks; its score
 * stays that of its posts. A move that no trend is about is a trend by itself, called as the indicator is. Strongest first.
 */
export function withMoves(
  trends: readonly Trend[],
  moves: readonly ToldMove[],
  entity: DomainWords['entity'],
  now: number,
): Trend[] {
  const news = moves
    .filter(({ at }) => at > now - fresh && at <= now)
    .toSorted((a, b) => b.at - a.at || a.over - b.over || (a.signal < b.signal ? -1 : 1));
  const told = new Set<string>();
  const corroborated = trends.map((trend) => {
    const named = new Set(
      [trend.name, ...trend.terms.slice(0, 3)].flatMap((term) => entity(term)?.name ?? []),
    );
    const own = news.filter(({ about }) => named.has(about));
    for (const { signal } of own) told.add(signal);
    return own.length === 0 ? trend : corroborate(trend, own);
  });
  const alone = Map.groupBy(
    news.filter(({ signal }) => !told.has(signal)),
    ({ indicator }) => indicator,
  );
  return [...corroborated, ...[...alone.values()].map((group) => trendOf(group, entity))].sort(
    (a, b) => b.score - a.score || (a.id < b.id ? -1 : 1),
  );
}

function corroborate(trend: Trend, moves: readonly ToldMove[]): Trend {
  const [newest] = moves;
  const others = trend.evidence.filter(({ network }) => network !== indicatorNetwork);
  const shown = newest ? [evidenceOf(newest)] : [];
  return {
    ...trend,
    networks: [...new Set([...trend.networks, indicatorNetwork])].sort(),
    evidence: [...shown, ...others].slice(0, mostEvidence),
  };
}

/** `moves` of one indicator, newest first. */
function trendOf(moves: readonly ToldMove[], entity: DomainWords['entity']): Trend {
  const times = moves.map(({ at }) => at);
  const [firstAt, lastAt] = [Math.min(...times), Math.max(...times)];
  const { title = '', about = '', indicator = '' } = moves[0] ?? {};
  const tickers = entity(about)?.tickers.map((ticker) => `$${ticker.toLowerCase()}`) ?? [];
  const day = new Date(firstAt).toISOString().slice(0, 10);
  return {
    id: `${indicator}@${day}`,
    name: title,
    terms: [...new Set([title.toLowerCase(), about.toLowerCase(), ...tickers.slice(0, 1)])],
    score: Math.min(highest, Math.max(...moves.map(({ z }) => Math.abs(z)))),
    posts: moves.length,
    expected: 0,
    firstAt,
    lastAt,
    networks: [indicatorNetwork],
    evidence: moves.slice(0, mostEvidence).map(evidenceOf),
  };
}

const evidenceOf = ({ signal, text, at, url }: ToldMove): Evidence => ({
  signal,
  network: indicatorNetwork,
  excerpt: text.slice(0, 200),
  at,
  ...(url !== undefined && { url }),
});
