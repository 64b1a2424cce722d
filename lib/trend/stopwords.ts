/**
 * Words that say nothing on their own in the languages most posted in. Short on purpose: what is usual in a source is
 * known by its baseline, in any language; this list only keeps the first hours, when there is no baseline, readable.
 */
const english = `
a about above actually after again against ago ain't all almost already also always am an and another any anybody anyone
anything are aren't around as at away back be became because been before being below best better between big both but by
came can can't cannot come comes coming could couldn't day days did didn't do does doesn't doing don't done dont down
during each else enough even ever every everybody everyone everything few find finally first for found friend from front
gave get gets getting give go goes going gonna good got gotta great guess guy guys had hasn't has have haven't having he
he'd he'll he's hello help her here here's hers hey hi him his hope how however i i'd i'll i'm i've if im in into is isn't it
it'll it's its just keep kind know last least less let let's like literally little live ll lol long look looking lot lots
love made make makes making many may maybe me mean might mine more morning most much must my myself need never new next nice
night no not nothing now of off oh ok okay old omg on once one only or other our out over own part people please pretty
put quite rather re really right said same saw say saying says see seen shall she she's should shouldn't since so some
somebody someone something soon still stop such sure take tell than thank thanks that that's the their them then there
there's these they they're they've thing things think this those though thought three through til till time times to today
together told tomorrow tonight too took top try trying two under until up upon us use used using ve very via wait wanna
want wants was wasn't watch way we we'll we're we've week weeks well went were weren't what what's when where where's
which while who who's whole why will wish with without won't work would wouldn't wow ya yeah year years yes yesterday yet
yo you you'd you'll you're you've your yours yourself amp com http https pic rt www feel makes person title anyone
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december month months hour hours minute minutes ever ago real world happy post posts posted video photo
`;
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

export const stopWords: readonly string[] = [
  ...new Set(`${english} ${others}`.trim().split(/\s+/)),
];
