/**
 * When LinkedIn made the thing with this URN, ms UTC: the upper 41 bits of the number of a share, post, activity or
 * comment are its time. Undefined for what carries no such number.
 */
export function timeOfUrn(urn: string): number | undefined {
  const number = /(\d{15,20})\)?$/.exec(urn)?.[1];
  return number === undefined ? undefined : Number(BigInt(number) >> 22n);
}

/** URN of the post in an address or a text, `urn:li:share:...`, `urn:li:ugcPost:...` or `urn:li:activity:...`. */
export function postUrnIn(text: string): string | undefined {
  const plain = /urn:li:(?:share|ugcPost|activity):\d+/.exec(unescape(text))?.[0];
  if (plain !== undefined) return plain;
  // Addresses for people end in words and the number: .../posts/acme_launch-activity-7123456789012345678-abcd
  const [, kind, number] = /-(share|ugcPost|activity)-(\d{15,20})(?:-|\b)/.exec(text) ?? [];
  return kind === undefined || number === undefined ? undefined : `urn:li:${kind}:${number}`;
}

function unescape(text: string): string {
  return text.replace(/%3A/gi, ':');
}

/** A comment's URN: `urn:li:comment:(<what it is below>,<number>)`. */
export function commentUrn(below: string, id: string): string {
  return `urn:li:comment:(${below},${id})`;
}

/** What a comment is below, and its number; undefined for a post. */
export function partsOfComment(urn: string): { below: string; id: string } | undefined {
  const [, below, id] = /^urn:li:comment:\((urn:li:\w+:\d+|\w+:\d+),(\d+)\)$/.exec(urn) ?? [];
  return below === undefined || id === undefined ? undefined : { below, id };
}

/** Where people see a post or a comment. */
export function addressOf(urn: string): string {
  const comment = partsOfComment(urn);
  const page = `https://www.linkedin.com/feed/update/${comment?.below ?? urn}`;
  return comment ? `${page}?commentUrn=${encodeURIComponent(urn)}` : page;
}

/** Whether it is a person who speaks, whose posts hardly any app may list. */
export const isMember = (author: string): boolean => author.startsWith('urn:li:person:');
