import { escapeMarkup } from '../platforms/markup.ts';
import { harmlessExcerpt } from './harmless.ts';
import { numbersIn, urlsIn } from './words.ts';

/** What a machine may claim: numbers and addresses that stand in one of these texts. */
export interface Sources {
  texts: readonly string[];
  urls: readonly string[];
}

/** A post kept as evidence, as trends and records have it. */
export interface EvidenceEntry {
  network: string;
  excerpt: string;
  url?: string | undefined;
  author?: string | undefined;
}

/** Evidence as it is shown to models and quoted by templates: harmless, with its link. */
export interface EvidenceLine {
  text: string;
  network: string;
  url?: string;
  author?: string;
}

export function evidenceLines(evidence: readonly EvidenceEntry[]): readonly EvidenceLine[] {
  return evidence
    .map(({ excerpt, network, url, author }) => ({
      text: harmlessExcerpt(excerpt),
      network,
      ...(url !== undefined && isWeb(url) && { url }),
      ...(author !== undefined && { author }),
    }))
    .filter(({ text }) => text !== '');
}

/** The same as Markdown, for those who put it into a post as it is. */
export function quotable(lines: readonly EvidenceLine[]): readonly EvidenceLine[] {
  return lines.map((line) => ({ ...line, text: escapeMarkup(line.text) }));
}

/** Numbers up to this are words of counting (`three reasons`) and no facts. */
const counting = 12;

/** Numbers and addresses of a text that stand in none of its sources, for the one who wrote it. */
export function foreignFacts(text: string, sources: Sources): readonly string[] {
  const urls = new Set([...sources.urls, ...sources.texts.flatMap(urlsIn)]);
  const numbers = new Set(sources.texts.flatMap(numbersIn));
  return [
    ...urlsIn(text)
      .filter((url) => !urls.has(url))
      .map((url) => `the address ${url} stands in no source`),
    ...numbersIn(text)
      .filter((number) => Number(number) > counting && !numbers.has(number))
      .map((number) => `the number ${number} stands in no source`),
  ];
}

function isWeb(url: string): boolean {
  return /^https?:\/\/[^\s<>"']+$/i.test(url) && URL.canParse(url);
}
