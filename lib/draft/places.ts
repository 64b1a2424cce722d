import { isMap, LineCounter, parseDocument } from 'yaml';
import { offsetOf } from '../store/yaml.ts';
import { frontText } from './front.ts';
import { type Layout, layOut, type Section } from './layout.ts';

/** Where the things of a document stand in its text. Lines count from 1. */
export interface Places {
  /**
   * Line of a setting, or of what lies below it: `front('media', 1)`, `front('link', 'image')`. Of the front matter's
   * first line when there is no such setting, of the deepest part of the path that is there.
   */
  front(key: string, ...path: readonly (string | number)[]): number;
  variant(name: string): number;
  override(variant: string, name: string): number;
  /** First line of a part; `override` when it is of one. */
  part(variant: string, override: string | undefined, index: number): number;
}

/** Finds them; never fails. */
export function placesOf(text: string): Places {
  const layout = layOut(text);
  const of = (name: string) => layout.variants.find((each) => each.name === name);
  const under = (variant: string, name: string | undefined): Section | undefined =>
    name === undefined ? of(variant) : of(variant)?.overrides.find((each) => each.name === name);
  const heading = (section: Section | undefined) => (section?.heading ?? 0) + 1;
  return {
    front: frontPlaces(layout),
    variant: (name) => heading(of(name)),
    override: (variant, name) => heading(under(variant, name)),
    part: (variant, override, index) => {
      const section = under(variant, override);
      const span = section?.parts[index];
      return span && span.to > span.from ? span.from + 1 : heading(section);
    },
  };
}

function frontPlaces(layout: Layout): Places['front'] {
  const { text, firstLine } = frontText(layout);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  return (key, ...path) => {
    if (!isMap(document.contents) || !document.has(key)) return firstLine;
    return firstLine - 1 + lines.linePos(offsetOf(document, [key, ...path])).line;
  };
}
