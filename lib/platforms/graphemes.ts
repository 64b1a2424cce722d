const segmenter = new Intl.Segmenter();

/** What readers take for one character each: `é`, a flag, a family of four. */
export function countGraphemes(text: string): number {
  // Printable ASCII, most of what is written, needs no segmenter.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return Iterator.from(segmenter.segment(text)).reduce((count) => count + 1, 0);
}
