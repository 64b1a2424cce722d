import type { MediaRules } from '../../platforms/platform.ts';
import type { Focus } from '../document.ts';
import type { Note, Unfit } from './unfit.ts';

/** What an image is, its turning applied. */
export interface ImageFacts {
  type: string;
  /** Pixels, of one frame. */
  width: number;
  height: number;
  frames: number;
  /** Whether anything of it can be seen through. */
  clear: boolean;
}

/** What has to be done to an image for one network. */
export interface ImagePlan {
  /** What is cut out first, pixels; all when absent. */
  crop?: { left: number; top: number; width: number; height: number };
  /** Pixels it has in the end. */
  width: number;
  height: number;
  /** Whether it goes on moving. */
  moving: boolean;
  /** Types to try in order until the bytes fit. */
  types: readonly string[];
  /** What is to stay visible, in what is left of the image. */
  focus?: Focus;
  notes: readonly Note[];
}

const encodable = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

/** How an image is brought to size, shape and type of a network; pure. Nothing is ever made larger. */
export function planImage(facts: ImageFacts, rules: MediaRules, focus?: Focus): ImagePlan | Unfit {
  const takes = rules.types.filter((type) => encodable.includes(type));
  if (takes.length === 0)
    return { message: 'is an image', expected: rules.video ? 'a video' : 'no files' };
  const animated = facts.frames > 1;
  const moving = animated && takes.includes('image/gif');
  const shape = cropTo(facts, rules.ratio, focus ?? { x: 0.5, y: 0.5 });
  const size = within(shape, rules);
  const notes: Note[] = [
    ...(shape.width < facts.width || shape.height < facts.height ? (['cropped'] as const) : []),
    ...(animated ? [moving ? ('moving' as const) : ('still' as const)] : []),
  ];
  const left = focus && {
    x: share(focus.x * facts.width - shape.left, shape.width),
    y: share(focus.y * facts.height - shape.top, shape.height),
  };
  return {
    ...(notes.includes('cropped') && { crop: shape }),
    ...size,
    moving,
    types: moving ? ['image/gif'] : typesFor(facts, takes),
    ...(left && { focus: left }),
    notes,
  };
}

/** What a point is of a length, 0 to 1. */
const share = (at: number, length: number) =>
  Math.round(Math.min(1, Math.max(0, at / length)) * 1e4) / 1e4;

/** The largest piece of a shape a network takes, as near to the point as the edges let it. */
function cropTo(
  { width, height }: ImageFacts,
  ratio: MediaRules['ratio'],
  { x, y }: Focus,
): { left: number; top: number; width: number; height: number } {
  const { min = 0, max = Infinity } = ratio ?? {};
  const tall = Math.max(1, Math.floor(width / min));
  const wide = Math.max(1, Math.floor(height * max));
  const piece = { width: Math.min(width, wide), height: Math.min(height, tall) };
  const edge = (at: number, whole: number, part: number) =>
    Math.min(whole - part, Math.max(0, Math.round(at * whole - part / 2)));
  return {
    left: edge(x, width, piece.width),
    top: edge(y, height, piece.height),
    ...piece,
  };
}

/** Smaller until it is within the network's size; rounding never breaks the shape. */
function within(
  { width, height }: { width: number; height: number },
  { size, ratio }: MediaRules,
): { width: number; height: number } {
  const scale = Math.min(1, (size?.width ?? width) / width, (size?.height ?? height) / height);
  const { min = 0, max = Infinity } = ratio ?? {};
  let wide = Math.max(1, Math.round(width * scale));
  let tall = Math.max(1, Math.round(height * scale));
  for (;;) {
    // What makes it narrower may leave it too tall, and the other way round.
    const narrower = Math.max(1, Math.min(wide, Math.floor(tall * max)));
    const lower = Math.max(1, Math.min(tall, Math.floor(narrower / min)));
    if (narrower === wide && lower === tall) return { width: wide, height: tall };
    [wide, tall] = [narrower, lower];
  }
}

/** Its own type where the network takes it, else the network's first; then what is smaller. */
function typesFor({ type, clear }: ImageFacts, takes: readonly string[]): readonly string[] {
  // One that stands still is a picture like any other; networks take every GIF for one that moves.
  const pictures = takes.filter((each) => each !== 'image/gif');
  const own = pictures.includes(type) ? type : (pictures[0] ?? 'image/gif');
  // What can be seen through keeps that as long as it can: a JPEG lies on white.
  const smaller = clear ? ['image/webp', 'image/jpeg'] : ['image/jpeg', 'image/webp'];
  const lossless = own === 'image/png' || own === 'image/gif';
  const rest = lossless ? smaller.filter((each) => takes.includes(each)) : [];
  return [own, ...rest];
}
