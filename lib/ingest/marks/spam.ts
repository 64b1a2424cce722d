import type { Signal } from '../signal.ts';

/** What only advertisements say; one is enough. */
const bait: readonly RegExp[] = [
  /[#＃](?:team ?follow ?back|follow2befollowed|instant ?follow(?:back)?|auto ?follow(?:back)?|follow4follow|f4f|l4l|like4like|sougofollow|500aday|1000aday|mustfollow|openfollow|ifollowback|followback|tfb)\b/,
  /\bfollow (?:me|us|him|her)\b.{0,30}\b(?:follows? (?:you )?back|(?:i|we)(?:'ll| will)? follow back|everyone else that)\b/,
  /\b(?:rt|retweet|like|share)\b.{0,20}\bfollow\b.{0,50}\b(?:to win|giveaway|chance to|to enter)\b/,
  /\b(?:get|win|claim)\b.{0,25}\bfree\b.{0,25}\b(?:gift ?cards?|iphones?|ipads?|followers|robux|v-?bucks|bitcoins?|btc|eth|airdrop|tokens)\b/,
  /\b(?:make|earn|earning)\b.{0,20}[$€£]\s?\d[\d,.]*\s?k?\b.{0,25}\b(?:day|daily|week|weekly|month|hour|online|from home)\b.{0,60}(?:https?:|\bdm\b)/,
  /\b(?:guaranteed (?:profits?|returns?|income)|double your (?:money|bitcoin|btc|eth|crypto|investment)|forex signals?|binary options? (?:signals?|trading))\b/,
  /\b(?:join|dm|message|text|contact)\b.{0,30}\b(?:telegram|whats ?app|vip|signals?|discord)\b.{0,40}\b(?:profit|pump|signals?|invest|earn|gains)\b/,
  /\b(?:buy|cheap|order|discount|online)\b.{0,25}\b(?:viagra|cialis|garcinia|keto gummies|followers|likes|backlinks)\b/,
  /\b(?:payday loans? no credit|hot singles (?:in|near)|online casino bonus|no deposit bonus|weight[- ]loss (?:secret|trick)|penis enlargement)\b/,
  /\bsend\b.{0,20}\b\d[\d.]* ?(?:btc|eth|sol|usdt)\b.{0,60}\b(?:back|receive|get|double)\b/,
  /\b(?:connect your wallet|claim your (?:airdrop|tokens|prize|gift card))\b.{0,80}https?:/,
];

/** What advertisements say and others too; each counts as one sign. */
const tempting: readonly RegExp[] = [
  /\b(?:giveaway|airdrop|presale|sponsored|affiliate|onlyfans|casino|100x|next gem|passive income|work from home|make money online|be your own boss|financial freedom)\b/,
  /\b(?:promo|discount|coupon|voucher) ?codes?\b|\buse code\b|\b(?:flash sale|free shipping|lowest price|limited[- ]time)\b/,
  /\b(?:buy|order|shop|act|call|sign up|book|apply) (?:now|today)\b|\bclick here\b|\blink in (?:my )?bio\b|\bcheck out my\b|\bsubscribe to my\b/,
  /\b\d+ ?% off\b|\b(?:for )?only [$€£]\d/,
];

/**
 * Whether a post reads like an advertisement nobody asked for: it says what only those say, or it is mostly tags, names or
 * links, or two of the weaker signs come together (tempting words, capitals, many tags, links or names). After what Benevenuto
 * et al. (Detecting spammers on Twitter, 2010) found to tell spam by: tags, links and spam words in a post.
 */
export function isSpam({ text, tags }: Pick<Signal, 'text' | 'tags'>): boolean {
  const lower = text.normalize('NFKC').toLowerCase();
  if (bait.some((sign) => sign.test(lower))) return true;
  const links = lower.match(/https?:\/\/\S+/g)?.length ?? 0;
  const bare = lower.replace(/https?:\/\/\S+/g, ' ');
  const marked = bare.match(/[#＃][\p{L}\p{N}_]+/gu)?.length ?? 0;
  const names = bare.match(/(?<![\p{L}\p{N}])[@＠][\w.-]+/gu)?.length ?? 0;
  const words = bare.match(/(?<![#＃@＠\p{L}\p{N}_])[\p{L}\p{N}][\p{L}\p{N}'’]*/gu)?.length ?? 0;
  const many = Math.max(marked, tags.length);
  if (many >= 8 && many >= words) return true;
  const signs = [
    ...tempting.map((sign) => sign.test(lower)),
    many >= 5 && 2 * many >= words,
    names >= 5 && names >= words && links > 0,
    links >= 3,
    links > 0 && shouts(text),
    /([!?🔥🚀💰💸🤑✅👉]\s*){4}/u.test(text) && links > 0,
  ];
  return signs.filter(Boolean).length >= 2;
}

/** At least 20 letters with case, nine of ten capital. */
function shouts(text: string): boolean {
  const plain = text.replace(/https?:\/\/\S+|[@#]\S+/g, ' ');
  const capital = plain.match(/\p{Lu}/gu)?.length ?? 0;
  return capital >= 20 && capital >= 9 * (plain.match(/\p{Ll}/gu)?.length ?? 0);
}
