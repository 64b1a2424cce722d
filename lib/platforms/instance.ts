import type { Platform } from './platform.ts';
import type { Rules } from './rules.ts';

/** A network as one of its instances has it: what the instance says of itself in place of the network's defaults. Pure. */
export function instanceOf(platform: Platform, rules: Rules | undefined): Platform {
  const { media, poll } = platform;
  const measure = platform.measure?.bind(platform);
  if (rules === undefined) return platform;
  return {
    ...platform,
    ...(measure && { measure: (text: string) => measure(text, rules) }),
    ...(media && { media: { ...media, ...rules.media } }),
    ...(poll && { poll: { ...poll, ...rules.poll } }),
  };
}

/** Rules that hold on both of two instances of a network, as far as texts are concerned. Pure. */
export function stricter(one: Rules | undefined, other: Rules | undefined): Rules | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const [a = Infinity, b = Infinity] = [one.characters, other.characters];
  const tighter = a <= b ? one : other;
  const url = Math.max(one.url ?? 0, other.url ?? 0);
  return { ...tighter, ...(url > 0 && { url }) };
}
