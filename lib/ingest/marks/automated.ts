import type { Signal } from '../signal.ts';

/** How programs that post for their users begin and end. */
const templates: readonly RegExp[] = [
  // Check-ins, games and players that post what somebody did.
  /^i(?:'|’)?m at .{2,120}(?:\(.{2,60}\)|\bw\/ \d+ others).{0,40}https?:/,
  /\b(?:i just (?:ousted|became the mayor|unlocked|earned the|checked in)|i(?:'ve| have)? (?:just )?(?:unlocked|earned) the)\b.{0,90}\b(?:badge|sticker|foursquare|swarm|getglue|untappd|achievement)\b/,
  /^(?:i (?:liked|added|uploaded) an? (?:@?youtube )?video|just posted an? (?:photo|video)|i posted (?:a new|\d+) photos?|posted a new photo)\b/,
  /\b(?:my (?:top|biggest) (?:\d+ )?fans|top artists this week|my week on twitter|people followed me|(?:followers?|unfollowers?),? (?:and )?\d+ unfollow|today stats)\b/,
  /\b(?:i(?:'ve| have)? (?:just )?(?:harvested|collected|completed|found|reached)) .{0,80}\b(?:gameinsight|tribez|android ?games|ipad ?games)\b/,
  // Rankings of what trends.
  /\b(?:is now trending|just started trending|trend(?:ing)? topics?|shows up at this time as trend|in the top ?\d+ of .{2,40} trend)\b.{0,90}https?:/,
  // Weather, earthquakes, traffic, open data.
  /(?:(?:wind|temp(?:erature)?|humidity|barometer|pressure|rain(?: today)?|dew ?point)\b\W{0,4}[-+]?\d.{0,30}){2}/,
  /(?:\bm|mag(?:nitude)?)[ :]{0,2}\d\.\d\b.{0,80}\b(?:\d+ ?km|depth|utc|gmt)\b/,
  /\b(?:closed|opened|new) .{3,40} (?:report|request|case) at \d/,
  // Jobs.
  /^(?=.*https?:).*#(?:jobs?|hiring|nowhiring|tweetmyjobs|jobsearch|veteranjob|careerarc)\b/m,
  /^(?:#?job alert|now hiring|we(?:'|’)re hiring|(?:this|our) #?job|hiring)\b.{0,110}https?:/,
  // Stars and luck.
  /\b(?:aries|taurus|gemini|cancer|leo|virgo|libra|scorpio|sagittarius|capricorn|aquarius|pisces)\b.{0,40}\bhoroscope\b|\b(?:daily|today(?:'|’)?s) horoscope\b/,
  /\b(?:winning|lottery|lotto|powerball|mega ?millions) numbers?\b.{0,40}(?:\d{1,2}[ ,-]+){4}/,
  // Those that say so.
  /\b(?:i am a bot|i'?m a bot|beep,? boop,? (?:i|this|bot)\b|this (?:action|post|message|comment) (?:was|is) (?:performed |posted |generated |sent )?automatic(?:ally)?|automated (?:message|post|tweet|update)|posted automatically|as an ai language model,? i)\b/,
  /^\W*(?:official )?(?:daily|weekly|monthly|(?:mon|tues|wednes|thurs|fri|satur|sun)day) .{0,60}\b(?:discussion|questions?|help|simple|free talk|off-?topic|general)?\s?thread\b/,
];

const bot = /(?:[_.-]bot\d*|[a-z]Bot\d*|^[Aa]uto[Mm]oderator)$/;

/**
 * Whether a program may have written it: a known template, the name of its author, or hardly anything but numbers, as
 * prices, scores and readings are posted.
 */
export function isAutomated({
  text,
  author,
}: Pick<Signal, 'text'> & Partial<Pick<Signal, 'author'>>): boolean {
  if (author !== undefined && bot.test(author)) return true;
  const lower = text.normalize('NFKC').toLowerCase();
  return templates.some((template) => template.test(lower)) || isReading(lower);
}

/** At least three numbers, as many as words, among them the price of something named and a change, or degrees. */
function isReading(lower: string): boolean {
  const plain = lower.replace(/https?:\/\/\S+|@\S+/g, ' ');
  if (!/[$#][a-z]{2,6}\b|[-+▲▼]\s?\d[\d.]*\s?%|\d\s?°/u.test(plain)) return false;
  const numbers = plain.match(/(?<![\p{L}\p{N}#])[$€£¥]?\d[\d.,:]*/gu)?.length ?? 0;
  return numbers >= 3 && numbers >= (plain.match(/\p{L}{2,}/gu)?.length ?? 0);
}
