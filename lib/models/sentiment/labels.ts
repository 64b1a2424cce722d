/** In the order of every array of three in this room. */
export const labels = ['negative', 'neutral', 'positive'] as const;
export type Label = (typeof labels)[number];

/** One number a label. */
export type Three = readonly [number, number, number];

/** The largest of three; of equals neutral, then negative. */
export function largest([negative, neutral, positive]: Three): 0 | 1 | 2 {
  if (neutral >= negative && neutral >= positive) return 1;
  return negative >= positive ? 0 : 2;
}

/** Three scores as probabilities. */
export function softmax(scores: Three): Three {
  const most = Math.max(...scores);
  const [a, b, c] = [
    Math.exp(scores[0] - most),
    Math.exp(scores[1] - most),
    Math.exp(scores[2] - most),
  ];
  const sum = a + b + c;
  return [a / sum, b / sum, c / sum];
}
