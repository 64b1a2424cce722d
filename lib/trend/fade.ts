/**
 * A function that says what is left after so many periods. Tabulated: powers are what closing a period would spend most of
 * its time on.
 */
export function fadeOf(decay: number): (periods: number) => number {
  const powers = Float64Array.from({ length: 1024 }, (_, periods) => decay ** periods);
  return (periods) => powers[periods] ?? decay ** periods;
}
