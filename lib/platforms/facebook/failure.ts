import type { Codes } from '../graph-failure.ts';

/** What Facebook's own codes mean for a Page. Source: "Error codes" of the Pages and Video APIs. */
export const codes: Codes = {
  190: {
    as: 'credentials',
    remedy: 'Make a new token of the Page and set FACEBOOK_ACCESS_TOKEN, then `/pulse retry`.',
    link: 'https://developers.facebook.com/docs/pages-api/getting-started',
  },
  506: {
    as: 'refused',
    remedy: 'The Page has said just this before: change the words, then `/pulse retry`.',
  },
  1366046: { as: 'refused', remedy: 'Use a JPEG or PNG of less than 10 MB.' },
  1363037: { as: 'busy' },
  1609005: { as: 'refused', remedy: 'Facebook cannot read the page behind the link; try another.' },
  1487694: { as: 'refused', remedy: 'Give a time from 10 minutes to 30 days ahead.' },
};
