/** Most letters of English are Latin. */
const leastLatin = 0.5;

/**
 * Whether a text is in another language than English: by what its source says, else when most of its letters are not
 * Latin. Where the source says nothing, other languages in Latin letters are taken for English. Pure.
 */
export function isForeign(text: string, language?: string): boolean {
  if (language !== undefined && !/^(und|zxx|qam|qct|qht|qme|qst)$/i.test(language))
    return !/^en\b/i.test(language);
  const letters = text.replace(/https?:\/\/\S+/g, '').match(/\p{L}/gu)?.length ?? 0;
  const latin = text.replace(/https?:\/\/\S+/g, '').match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters > 0 && latin / letters < leastLatin;
}
