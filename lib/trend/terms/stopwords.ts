import { finish, finishLow, foldInto } from './hash.ts';
import { Kind } from './kinds.ts';

/**
 * Words that say nothing on their own in the languages most posted in. Short on purpose: what is usual in a source is
 * known by its baseline, in any language; these lists only keep the first hours, when there is no baseline, readable.
 *
 * The first are part of no phrase either.
 */
const english = `
a about above actually after again against ago ain't all almost already also although always am amp an and another any anybody
anyone anything are aren't around as at away back be became because been before behind being below between both but by came can
can't cannot c'mon come comes coming could could've couldn't did didn't do does doesn't doing don't done down during each either
else enough even ever every everybody everyone everything few finally for from gave get gets getting give go goes going gonna
gonna got gotta had hadn't has hasn't have haven't having he he'd he'll he's her here here's hers herself hey hi him himself his
how how's however http https i i'd i'll i'm i've if in instead into is isn't it it'd it'll it's its itself just know lol less let
let's like literally ll lots made make makes making many may maybe me might mine more most much must mustn't my myself need never
no not nothing now of off oh ok okay omg on once only or other our ours out over own pic please pretty put quite rather re really
rt said same saw say saying says see seen shall she she'd she'll she's should should've shouldn't since so some somebody someone
something soon still such sure take tell than thank thanks that that'd that'll that's the their theirs them themselves then there
there'll there's these they they'd they'll they're they've thing things think this those though through til till to together too
took tried try trying under until up upon us use used using ve very via wait wanna want wanted wants was wasn't we we'd we'll
we're we've went were weren't what what's when when's where where's whether which while who who'd who'll who's whole whom whose
why will with within without won't would would've wouldn't wow www y'all ya yeah yes yet yo you you'd you'll you're you've your
yours yourself com
`;
/** These may be: "new york", "world cup", "black friday". */
const usual = `
best better big day days feel find first found friend friends friday good great guess guy guys happy hello help hope hour
hours keep kind last least left little live long look looking lot love mean minute minutes month months morning new next nice
night old one part people person photo post posted posts real right thought three time times title today tomorrow tonight top two
video watch way week weekend weeks well wish work world year years yesterday monday tuesday wednesday thursday saturday sunday
january february march april june july august september october november december
`;
/** Not the same without its apostrophe: "he'll", "we'd". Other words are as often written without. */
const telling = /^(?:he'll|i'd|i'll|it's|she'd|she'll|we'd|we'll|we're)$/;
const others = `
aber als am auch auf aus bei bin bis da das dass dem den der des die doch ein eine einem einen einer er es für habe haben
hat ich im ist ja jetzt kann man mehr mein mich mir mit nach nicht noch nur oder schon sein sich sie sind so über um und uns
von vor war was weil wenn wie wir wird zu zum zur
al como con cuando de del dos el ella en es esa ese eso esta este esto está fue hay hoy la las le les lo los más me mi muy
ni no nos para pero por porque que qué se ser si sí sin sobre son su sus también te tiene todo todos tu un una uno y ya yo
ao com da das do dos e ela ele em essa esse eu foi isso mais mas meu minha muito na nas não nem no nos o os ou pela pelo pra
que quem são sem seu sua só tem uma você vai
au aux avec ce ces cette dans des du elle en est et eux il ils je leur lui ma mais même mes moi mon ne nous ont ou où par pas
plus pour qu que qui sa sans ses si son sur ta tes toi ton tout très tu un une vos votre vous c'est j'ai
alla anche che chi ci come con cosa da dal degli dei del della di e gli ha hanno ho il io la le lo mi ma nel nella non per
perché più quando questa questo se si sono su un una
aan als bij dan dat de den deze die dit door een en er had heb heeft het hij hoe ik in is je kan maar me meer met mijn naar
niet nog nu of om ook op over te tot uit van voor was wat we wel wie wordt zal ze zich zijn zo
atau dan dari di itu ini juga ke lagi saya sudah tidak untuk yang aku kamu ada aja
`;
/** Where a dictionary tells words apart. */
const unspaced = `
的 了 是 在 我 你 他 她 它 们 我们 你们 他们 她们 这 那 这个 那个 就 都 和 与 也 不 没 没有 有 很 吗 吧 呢 啊 被 把 让 给 对 从 到 去 来 说 要 会 能
可以 什么 怎么 为什么 一个 因为 所以 但是 如果 还 还是 又 再 只 已经 自己 现在 今天 時候 时候 知道 覺得 觉得 這 這個 個 们 沒有 會 說 還 後 为 上 下 中 里 个 年 月 日
から まで より です ます でした ました ない なく なっ なる する した して され れる られる いる いた ある あり こと もの それ これ あれ この その
あの ここ そこ ため よう そう という って けど でも だけ など とか さん ちゃん くん の に は を が と で も へ や か ね よ な わ
ที่ และ ใน ของ เป็น มี ไม่ ได้ ให้ จะ ว่า กับ แต่ ก็ มา ไป นี้ นั้น ครับ ค่ะ คะ แล้ว อยู่ คือ หรือ จาก โดย เรา คุณ ผม เขา มัน การ ความ
`;

const split = (words: string) => words.trim().split(/\s+/);
const bare = (word: string) => (telling.test(word) ? word : word.replace("'", ''));

/** How much a word says: enough, nothing unless a phrase adds to it, or nothing at all. */
export const Weight = { telling: 0, usual: 1, empty: 2 } as const;

/** A word that stands in both lists is empty. */
const listed: ReadonlyMap<string, number> = new Map(
  [
    ...split(usual).map((word) => [word, Weight.usual] as const),
    ...split(`${english} ${others} ${unspaced}`).map((word) => [word, Weight.empty] as const),
  ].flatMap(([word, weight]) => [[bare(word), weight] as const, [word, weight] as const]),
);

/** Words that are no terms. */
export const stopWords: readonly string[] = [...listed.keys()];

/** Both lanes of each stop word at a place its low lane names or the next free one; a power of two, mostly free. */
const places = 4096;
const lows = new Int32Array(places);
const highs = new Int32Array(places);
const weights = new Uint8Array(places);

/** Weight of the word with these lanes. */
export function weightOf(low: number, high: number): number {
  for (let at = low & (places - 1); lows[at] !== 0; at = (at + 1) & (places - 1))
    if (lows[at] === low && highs[at] === high) return weights[at] ?? Weight.telling;
  return Weight.telling;
}

const lanes = { low: 0, high: 0 };
for (const [word, weight] of listed) {
  foldInto(lanes, word, 0, word.length);
  const [low, high] = [finishLow(lanes.low, Kind.word), finish(lanes.high, Kind.word)];
  let at = low & (places - 1);
  while (lows[at] !== 0) at = (at + 1) & (places - 1);
  lows[at] = low;
  highs[at] = high;
  weights[at] = weight;
}
