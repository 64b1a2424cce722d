import { isVideo } from '../parts.ts';
import type { Part, Poll } from '../platform.ts';
import { show } from './measure.ts';

/** Fields of the container of a part; `children` of a carousel are added once they are known. */
export function containerOf(part: Part, parent: string | undefined): Record<string, string> {
  const { media, link, poll } = part;
  const text = show(part.text);
  const words = {
    ...(text !== '' && { text }),
    ...(parent !== undefined && { reply_to_id: parent }),
  };
  const [file, another] = media;
  if (another) return { media_type: 'CAROUSEL', ...words };
  if (file) {
    const where = isVideo(file)
      ? { media_type: 'VIDEO', video_url: file.url ?? '' }
      : { media_type: 'IMAGE', image_url: file.url ?? '' };
    return { ...where, ...(file.alt !== '' && { alt_text: file.alt }), ...words };
  }
  return {
    media_type: 'TEXT',
    ...words,
    ...(link && { link_attachment: link.url }),
    ...(poll && { poll_attachment: JSON.stringify(optionsOf(poll)) }),
  };
}

function optionsOf({ options }: Poll): Record<string, string> {
  return Object.fromEntries(
    options.map((option, index) => [`option_${'abcd'.charAt(index)}`, option]),
  );
}
