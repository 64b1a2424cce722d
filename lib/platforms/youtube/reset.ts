const pacific = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** ms since midnight on a clock in California. */
function sinceMidnight(at: number): number {
  const parts = pacific.formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1000 + (at % 1000);
}

const day = 86_400_000;

/** The next midnight Pacific time, when YouTube's quotas begin anew; ms UTC. */
export function nextReset(now: number): number {
  const guess = now - sinceMidnight(now) + day;
  // The night the clocks change has a day of 23 or 25 hours before it.
  const off = sinceMidnight(guess);
  return off > day / 2 ? guess + day - off : guess - off;
}
