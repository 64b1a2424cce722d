/** What a term is. */
export const Kind = { word: 0, phrase: 1, hashtag: 2, cashtag: 3, mention: 4, link: 5 } as const;
