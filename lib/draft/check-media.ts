import type { Checked } from './check.ts';
import { chosenVariant, outgoingFor } from './outgoing.ts';
import { imageType, mediaPathProblem } from './paths.ts';

const allowed = 'content/<folder>/<name>.png, .jpg, .gif or .webp';

/** Images: where they lie, whether they are there, their alt text, and how many each network takes. */
export function checkMedia(checked: Checked): void {
  const { document, places, profile, platforms, exists, report } = checked;
  const networks = accountsOf(checked).map(({ platform }) => platforms[platform]);
  const altNeeded = profile.brand.alt_text || networks.some((each) => each?.media?.altRequired);
  const parts = chosenVariant(document)?.parts.length ?? Infinity;
  document.media.forEach(({ file, alt, part }, index) => {
    const line = places.front('media', index);
    const wrong = mediaPathProblem(file);
    if (wrong !== undefined) report('media-path', line, `${file} ${wrong}`, allowed);
    else if (!exists(file)) report('media-missing', line, `there is no file ${file}`, allowed);
    if (altNeeded && alt.trim() === '')
      report('alt-missing', line, `${file} has no alt text`, 'alt: what the image shows');
    if (part >= parts)
      report(
        'media-part',
        line,
        `${file} goes with part ${String(part + 1)}, and there are ${String(parts)}`,
        `a part from 1 to ${String(parts)}`,
      );
  });
  checkCounts(checked);
}

function checkCounts(checked: Checked) {
  const { document, places, platforms, report } = checked;
  for (const { name, platform } of accountsOf(checked)) {
    const takes = platforms[platform]?.media;
    const most = takes?.count ?? 0;
    outgoingFor(document, name, platform).parts.forEach(({ media }, index) => {
      const extra = media[most];
      if (extra)
        report(
          'media-too-many',
          places.front('media', document.media.indexOf(extra)),
          `part ${String(index + 1)} has ${String(media.length)} images for ${name}`,
          most === 0 ? 'none' : `${String(most)} at most`,
        );
      for (const entry of media) {
        const type = imageType(entry.file);
        if (type === undefined || !takes || takes.types.includes(type)) continue;
        const line = places.front('media', document.media.indexOf(entry));
        report('media-type', line, `${name} takes no ${type}`, takes.types.join(', '));
      }
    });
  }
}

function accountsOf({ document, profile }: Checked) {
  return profile.accounts.filter(({ name }) => document.targets.includes(name));
}
