import { type Label, labels, largest, type Three } from '../../lib/models/sentiment/labels.ts';

/** One text: what people said of it, what was found, and how sure (0..1 a label) where it is known. */
export interface Answer {
  gold: 0 | 1 | 2;
  found: 0 | 1 | 2;
  sure?: Three;
}

export interface Measures {
  /** Mean of the recalls of the labels that occur. */
  macroRecall: number;
  recall: Readonly<Record<Label, number>>;
  accuracy: number;
  /** Mean of the F1 of positive and negative (the measure of SemEval 2013-2016). */
  f1: number;
  /** Expected calibration error: how far the likeliest label's probability is from how often it is right, over 15 bins (Guo et al. 2017). */
  ece?: number;
}

const three = [0, 1, 2] as const;
const bins = 15;

export function measure(answers: readonly Answer[]): Measures {
  const count = (is: (answer: Answer) => boolean) => answers.filter(is).length;
  const hits = three.map((label) => count(({ gold, found }) => gold === label && found === label));
  const there = three.map((label) => count(({ gold }) => gold === label));
  const said = three.map((label) => count(({ found }) => found === label));
  const recallOf = (label: 0 | 1 | 2) => (hits[label] ?? 0) / Math.max(1, there[label] ?? 0);
  const f1Of = (label: 0 | 2) =>
    (2 * (hits[label] ?? 0)) / Math.max(1, (there[label] ?? 0) + (said[label] ?? 0));
  const present = three.filter((label) => (there[label] ?? 0) > 0);
  const [negative, neutral, positive] = [recallOf(0), recallOf(1), recallOf(2)];
  const ece = answers.every(({ sure }) => sure !== undefined)
    ? calibrationError(answers)
    : undefined;
  return {
    macroRecall:
      present.reduce((sum: number, label) => sum + recallOf(label), 0) / (present.length || 1),
    recall: { negative, neutral, positive },
    accuracy: count(({ gold, found }) => gold === found) / (answers.length || 1),
    f1: (f1Of(0) + f1Of(2)) / 2,
    ...(ece !== undefined && { ece }),
  };
}

function calibrationError(answers: readonly Answer[]): number {
  const sums = Array.from({ length: bins }, () => ({ sure: 0, right: 0 }));
  for (const { gold, sure } of answers) {
    if (sure === undefined) continue;
    const label = largest(sure);
    const bin = sums[Math.min(bins - 1, Math.floor(sure[label] * bins))];
    if (bin === undefined) continue;
    bin.sure += sure[label];
    bin.right += Number(label === gold);
  }
  const off = sums.reduce((sum, bin) => sum + Math.abs(bin.sure - bin.right), 0);
  return off / (answers.length || 1);
}

/** One line on a method, its measures with three digits. */
export function lineOf(name: string, measures: Measures): string {
  const { macroRecall, recall, accuracy, f1, ece } = measures;
  const each = labels.map((label) => `${label} ${recall[label].toFixed(3)}`).join(', ');
  const error = ece === undefined ? '' : `, ECE ${ece.toFixed(3)}`;
  return (
    `${name}: macro-recall ${macroRecall.toFixed(4)} (${each}), accuracy ${accuracy.toFixed(3)}, ` +
    `F1(pos,neg) ${f1.toFixed(3)}${error}`
  );
}
