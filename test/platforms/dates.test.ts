import { describe, expect, it } from 'vitest';
import { parseDate } from '../../lib/platforms/dates.ts';

describe('a date', () => {
  it.each([
    ['Mon Mar 07 11:50:00 +0000 2016', '2016-03-07T11:50:00.000Z'],
    ['2012-10-28T00:00:03.396Z', '2012-10-28T00:00:03.396Z'],
    ['2012-10-28T02:00:03+02:00', '2012-10-28T00:00:03.000Z'],
    ['2012-10-28 00:00:03', '2012-10-28T00:00:03.000Z'],
    ['2012-10-28T00:00:03', '2012-10-28T00:00:03.000Z'],
    ['2012-10-28', '2012-10-28T00:00:00.000Z'],
    ['03 Apr 02 1500 GMT', '2002-04-03T15:00:00.000Z'],
    ['Wed, 03 Jan 2018 13:47:00 ', '2018-01-03T13:47:00.000Z'],
    ['Wednesday, 3 January 2018 13:47 CET', '2018-01-03T12:47:00.000Z'],
    ['07 Nov 2015 12:00:00 EST', '2015-11-07T17:00:00.000Z'],
    ['Tue, 10 Mar 99 16:05:00 +0100', '1999-03-10T15:05:00.000Z'],
    ['Sat, 21 Nov 2026', '2026-11-21T00:00:00.000Z'],
    ['Thu Jan 01 00:00:00 1970', '1970-01-01T00:00:00.000Z'],
  ])('%s is read as the same moment on every machine', (text, moment) => {
    const zone = process.env.TZ;
    for (const TZ of ['UTC', 'Asia/Tokyo', 'America/New_York']) {
      process.env.TZ = TZ;
      expect([TZ, new Date(parseDate(text)).toISOString()]).toEqual([TZ, moment]);
    }
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it.each(['', 'soon', '99 Abc 2018 25:61', '2012-13-45T00:00:00Z'])('is not %j', (text) => {
    expect(parseDate(text)).toBeNaN();
  });
});
