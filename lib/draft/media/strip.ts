/** Boxes that hold boxes, on the way to what is looked for (ISO/IEC 14496-12; the same in QuickTime). */
const holders = new Set(['moov', 'trak']);
/** Boxes with what was written beside the pictures: place (`©xyz`, `loci`, Apple's keys), camera, names, XMP. */
const telling = new Set(['udta', 'meta']);
/** Begins an XMP packet in a `uuid` box (Adobe, XMP specification part 3). */
const xmp = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');

/**
 * An MP4 or MOV without what was written beside the pictures. Such boxes become free space of the same length, so that
 * nothing in the file moves and it is coded as it was; the same bytes when there are none. Tracks of measurements, as
 * some action cameras write, are left alone.
 */
export function stripVideo(bytes: Uint8Array): Uint8Array {
  const found = tellingBoxes(bytes, 0, bytes.length);
  if (found.length === 0) return bytes;
  const clean = bytes.slice();
  for (const { at, header, end } of found) {
    clean.set(Buffer.from('free'), at + 4);
    clean.fill(0, at + header, end);
  }
  return clean;
}

interface Box {
  at: number;
  /** Bytes in front of its content. */
  header: number;
  end: number;
  type: string;
}

function tellingBoxes(bytes: Uint8Array, from: number, to: number): Box[] {
  return boxesIn(bytes, from, to).flatMap((box) => {
    const { at, header, end, type } = box;
    if (holders.has(type)) return tellingBoxes(bytes, at + header, end);
    const id = bytes.subarray(at + header, at + header + 16);
    return telling.has(type) || (type === 'uuid' && xmp.equals(id)) ? [box] : [];
  });
}

/** Boxes side by side; ends where the bytes make no sense. */
function boxesIn(bytes: Uint8Array, from: number, to: number): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to;) {
    const short = view.getUint32(at);
    const header = short === 1 ? 16 : 8;
    if (at + header > to) break;
    const long = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    const size = short === 0 ? to - at : long;
    if (size < header || at + size > to) break;
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
    boxes.push({ at, header, end: at + size, type });
    at += size;
  }
  return boxes;
}
