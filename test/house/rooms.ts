/** The steps in the order data flows; each may import those before it. */
export const steps = ['ingest', 'trend', 'match', 'draft', 'review', 'publish', 'measure'] as const;

/** Lower rooms, which no step is imported by. */
export const lower = ['platforms', 'limits', 'tokens', 'models', 'gitlab', 'store'] as const;

/** What everybody may import. */
const base = /^lib\/(catalogue|clock|duration|errors|problem|secret)\.ts$/;

/** Types every room may name: what flows between the rooms. */
const shapes = /^lib\/(ingest\/signal|trend\/trend|match\/match|store\/record)\.ts$/;

export interface Room {
  name: string;
  holds: RegExp;
  /** What a value may be imported from, beside `base` and the room itself. */
  imports: readonly RegExp[];
  /** What only types may be imported from, beside `shapes`. */
  types?: readonly RegExp[];
}

const below = lower.map((room) => new RegExp(`^lib/${room}/`));

const stepRooms = steps.map((name, index) => ({
  name: `lib/${name}`,
  holds: new RegExp(`^lib/${name}/`),
  imports: [...below, ...steps.slice(0, index).map((step) => new RegExp(`^lib/${step}/`))],
}));

/** Who may import what. The first room that holds a file is its room. */
export const rooms: readonly Room[] = [
  { name: 'base', holds: base, imports: [] },
  { name: 'settings', holds: /^lib\/(variables|redact|config|log)\.ts$/, imports: [] },
  {
    name: 'an adapter',
    holds: /^lib\/platforms\/[^/]+\//,
    imports: [/^lib\/platforms\/[^/]+\.ts$/],
    types: [/^lib\/store\//],
  },
  {
    name: 'lib/platforms',
    holds: /^lib\/platforms\//,
    imports: [/^lib\/platforms\/[^/]+\/index\.ts$/],
    types: [/^lib\/store\//],
  },
  {
    name: 'lib/limits',
    holds: /^lib\/limits\//,
    imports: [],
    types: [/^lib\/platforms\/(meter|platform)\.ts$/, /^lib\/store\//],
  },
  {
    name: 'lib/tokens',
    holds: /^lib\/tokens\//,
    imports: [],
    types: [/^lib\/platforms\/oauth\.ts$/, /^lib\/store\//],
  },
  { name: 'lib/models', holds: /^lib\/models\//, imports: [], types: [/^lib\/config\.ts$/] },
  { name: 'lib/gitlab', holds: /^lib\/gitlab\//, imports: [] },
  { name: 'lib/store', holds: /^lib\/store\//, imports: [], types: [/^lib\/gitlab\//] },
  ...stepRooms,
  {
    name: 'lib/desk',
    holds: /^lib\/desk\//,
    imports: [...below, ...steps.map((step) => new RegExp(`^lib/${step}/`))],
    types: [/^lib\/(config|log)\.ts$/],
  },
  { name: 'lib/app.ts', holds: /^lib\/app\.ts$/, imports: [/^lib\//] },
  {
    name: 'bot',
    holds: /^bot\//,
    imports: [/^lib\/(app|config|log)\.ts$/, /^lib\/(desk|gitlab)\//],
  },
  { name: 'jobs', holds: /^jobs\//, imports: [/^lib\//] },
  { name: 'npm start', holds: /^sandbox\/start(\/|\.ts$)/, imports: [/^(bot|jobs|lib|sandbox)\//] },
  {
    // A stand-in that shared code with the product would share its mistakes. It only shows what the outbox keeps.
    name: 'sandbox',
    holds: /^sandbox\//,
    imports: [/^lib\/platforms\/outbox\//],
    types: [/^lib\/platforms\/platform\.ts$/],
  },
  {
    name: 'test',
    holds: /^test\//,
    imports: [/^(bot|jobs|lib|sandbox|test)\//, /^package\.json$/],
  },
];

export function roomOf(path: string): Room {
  const found = rooms.find((room) => room.holds.test(path));
  if (found === undefined) throw new Error(`${path} lies in no room; see test/house/rooms.ts`);
  return found;
}

/** Why `from` may not import `to`, or undefined. Files of one adapter are one room; two adapters are two. */
export function refused(from: string, to: string, typeOnly: boolean): string | undefined {
  const room = roomOf(from);
  const adapter = /^lib\/platforms\/[^/]+\//.exec(from)?.[0];
  const same = adapter === undefined ? room.holds.test(to) : to.startsWith(adapter);
  const may = [base, ...room.imports, ...(typeOnly ? [shapes, ...(room.types ?? [])] : [])];
  if (same || may.some((pattern) => pattern.test(to))) return undefined;
  return `${room.name} may not import ${typeOnly ? 'types from ' : ''}${to}`;
}
