import type { Signal } from '../signal.ts';
import { type PayloadKind, type Reader, readerOf } from './index.ts';
import { kindOf } from './recognise.ts';

/**
 * Reads the raw objects of one archive. One that looks like no network's is read as those before it: answers that hold
 * no post often look like nothing.
 */
export function createReaders() {
  const loaded = new Map<PayloadKind, Reader>();
  let last: PayloadKind | undefined;
  return {
    /** Its posts; undefined when it looks like nothing known, or what reads it must be loaded first. */
    read(value: unknown): Signal[] | undefined {
      const kind = kindOf(value) ?? last;
      last = kind;
      return kind === undefined ? undefined : loaded.get(kind)?.(value);
    },
    /** The same, and loads what reads it. */
    async load(value: unknown): Promise<Signal[] | undefined> {
      const kind = kindOf(value);
      if (kind === undefined) return undefined;
      const reader = loaded.get(kind) ?? (await readerOf(kind));
      loaded.set(kind, reader);
      last = kind;
      return reader(value);
    },
  };
}
