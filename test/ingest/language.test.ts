import { describe, expect, it } from 'vitest';
import { languageOf, loadLanguages } from '../../lib/ingest/language.ts';

describe('the language of a post', () => {
  it.each([
    ['en', 'RT @a: Police ask everybody to stay away from the river tonight http://t.co/x #flood'],
    ['de', 'Die Polizei bittet alle, heute Nacht vom Fluss wegzubleiben'],
    ['es', 'La policía pide a todos que se alejen del río esta noche'],
    ['fr', 'La police demande à tous de rester loin de la rivière ce soir'],
    ['pt', 'A polícia pede que todos fiquem longe do rio esta noite'],
    ['tr', 'Polis herkesten bu gece nehirden uzak durmasını istiyor'],
    ['ru', 'Полиция просит всех жителей города сегодня ночью держаться подальше от реки'],
    ['uk', 'Поліція просить усіх триматися подалі від річки цієї ночі'],
    ['ja', '警察は今夜川に近づかないよう呼びかけています'],
    ['zh', '警方要求大家今晚远离河流'],
    ['ko', '경찰은 오늘 밤 강에서 떨어져 있으라고 당부했다'],
    ['ar', 'تطلب الشرطة من الجميع الابتعاد عن النهر الليلة'],
  ])('is %s', async (language, text) => {
    expect((await loadLanguages())(text)).toBe(language);
  });

  it.each([
    '',
    'ok',
    'BTC',
    'https://t.co/abcdefghijkl',
    '@somebody #hashtag 12345',
    'lol haha',
    '😂😂😂😂😂',
  ])('is not guessed of %j', async (text) => {
    expect((await loadLanguages())(text)).toBeUndefined();
  });

  it('is what the source says, unless it says that it does not know', async () => {
    const detect = await loadLanguages();
    const text = 'Police ask everybody to stay away from the river';
    expect(languageOf({ text, language: 'zh-Hant' }, detect)).toBe('zh');
    for (const language of ['und', 'zxx', 'qme'])
      expect(languageOf({ text, language }, detect)).toBe('en');
    expect(languageOf({ text }, detect)).toBe('en');
  });
});
