import { readFileSync } from 'node:fs';
import { shared } from '../../shared.ts';
import type { Check } from '../host.ts';

interface Parameter {
  doc?: string;
  maxLength?: number;
  maximum?: number;
  enum?: string[];
  type?: string;
}

interface Endpoint {
  method: string;
  path: string;
  params: Record<string, Parameter>;
}

/** Parameters of every listing; the list of endpoints leaves them out where it says "This endpoint is a listing". */
const ofListings: Record<string, Parameter> = {
  limit: { maximum: 100 },
  after: {},
  before: {},
  count: {},
  show: {},
  sort: {},
};

/** What the list of 2020 does not know, and why it is right all the same. */
const waivers: readonly { operation: string; params: readonly string[]; reason: string }[] = [
  {
    operation: 'POST /api/media/asset',
    params: ['api_type', 'filepath', 'mimetype'],
    reason: 'never documented; recorded from PRAW, which Reddit answered',
  },
  {
    operation: 'POST /api/submit_gallery_post',
    params: [
      'sr',
      'title',
      'items',
      'resubmit',
      'sendreplies',
      'api_type',
      'show_error_list',
      'text',
      'flair_id',
      'flair_text',
    ],
    reason: 'younger than the list; recorded from PRAW, which Reddit answered',
  },
  { operation: 'POST /', params: [], reason: 'the storage of uploads is not part of the API' },
];

/** Holds requests to the list of Reddit's endpoints: method, path, names, lengths, choices. */
export function redditCheck(): Check {
  const file = shared('platforms/specs/reddit.endpoints.json');
  const { endpoints } = JSON.parse(readFileSync(file, 'utf8')) as { endpoints: Endpoint[] };
  const patterns = endpoints.map((each) => ({
    ...each,
    pattern: new RegExp(
      `^${each.path
        .replace('[/r/subreddit]', '(/r/\\w+)?')
        .replace(/\/(username|where|subreddit)(?=\/|$)/g, '/[\\w-]+')}$`,
    ),
  }));
  return ({ method, path, query, headers, body }) => {
    const bare = path.replace(/\.json$/, '').replace(/(.)\/$/, '$1');
    const operation = `${method} ${bare}`;
    const problems: string[] = [];
    if (!/^\w+:[\w.]+:v[\d.]+ /.test(headers['user-agent'] ?? ''))
      problems.push(`the user agent is "${headers['user-agent'] ?? ''}"`);
    const waiver = waivers.find((each) => each.operation === operation);
    if (waiver?.params.length === 0) return problems;
    const found = patterns.find((each) => each.method === method && each.pattern.test(bare));
    if (!found && !waiver) return [...problems, 'there is no such endpoint'];
    const known = found?.params ?? Object.fromEntries(waiver!.params.map((name) => [name, {}]));
    const isListing = method === 'GET';
    const sent = {
      ...Object.fromEntries(query),
      ...(typeof body === 'object' && body !== null ? body : {}),
    };
    for (const [name, value] of Object.entries(sent)) {
      if (name === 'raw_json') continue;
      const rule = known[name] ?? (isListing ? ofListings[name] : undefined);
      if (!rule) problems.push(`the parameter ${name} is unknown`);
      else problems.push(...against(rule, name, value));
    }
    return problems;
  };
}

function against(rule: Parameter, name: string, value: unknown): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const problems: string[] = [];
  if (rule.maxLength !== undefined && text.length > rule.maxLength)
    problems.push(`${name} is longer than ${String(rule.maxLength)}`);
  if (rule.maximum !== undefined && Number(text) > rule.maximum)
    problems.push(`${name} is above ${String(rule.maximum)}`);
  if (rule.enum && !rule.enum.includes(text)) problems.push(`${name} may not be ${text}`);
  if (rule.type === 'boolean' && !/^(true|false)$/.test(text))
    problems.push(`${name} is no boolean`);
  if (rule.doc?.includes('a valid URL') && !URL.canParse(text)) problems.push(`${name} is no URL`);
  return problems;
}
