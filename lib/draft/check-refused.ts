import type { Media, Outgoing, Platform } from '../platforms/platform.ts';
import type { Checked } from './check.ts';
import { accountsOf } from './check-media.ts';
import type { LinkEntry } from './document.ts';
import { chosenVariant, outgoingFor, type Planned } from './outgoing.ts';
import { mediaType } from './paths.ts';

/** What only the network itself knows that it does not take, each on the line of its part. */
export function checkRefused(checked: Checked): void {
  const { document, places, platforms, report } = checked;
  const variant = chosenVariant(document);
  if (!variant) return;
  for (const { name, platform } of accountsOf(checked)) {
    const network = platforms[platform];
    if (!network?.refuses) continue;
    const planned = outgoingFor(document, name, platform, network);
    const outgoing = standIn(planned, network);
    const own = [name, platform].find((each) => Object.hasOwn(variant.overrides, each));
    planned.parts.forEach(({ of }, index) => {
      const line = places.part(variant.name, own, of);
      for (const problem of network.refuses?.(outgoing, index) ?? [])
        report('refused', line, `${name}: ${problem}`);
    });
  }
}

/** What will be sent as far as it is known before files are read: they have no bytes, and the type they will have. */
export function standIn(
  { parts, ...about }: Planned,
  { media: takes, linkCards }: Platform,
): Outgoing {
  const fileOf = (file: string, alt: string): Media => {
    const type = mediaType(file) ?? '';
    const becomes = type.startsWith('image/') && !takes?.types.includes(type);
    return {
      bytes: new Uint8Array(),
      type: becomes ? (takes?.types[0] ?? type) : type,
      alt,
      name: file,
    };
  };
  const cardOf = ({ url, title = '', description = '', image }: LinkEntry) => ({
    url,
    title,
    description,
    ...(image !== undefined && { image: fileOf(image, '') }),
  });
  return {
    ...about,
    delivery: '',
    parts: parts.map(({ text, media, poll, link }) => ({
      text,
      media: media.map(({ file, alt }) => fileOf(file, alt)),
      ...(poll && { poll }),
      ...(link && linkCards && { link: cardOf(link) }),
    })),
  };
}
