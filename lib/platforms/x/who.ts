import { z } from 'zod';
import { fail } from '../../errors.ts';
import type { Surroundings } from '../platform.ts';
import { type User, user } from './read-post.ts';
import type { Session } from './session.ts';

const answer = z.object({ data: user });
const kept = 'x.me';

/** Whose account this is; asked for once, and kept between connections. Throws as `Session.ask`. */
export function createWhoami(session: Session, { cache }: Pick<Surroundings, 'cache'>) {
  let asked: Promise<User> | undefined;
  const ask = async (): Promise<User> => {
    const known = user.safeParse(parse(cache?.get(kept)));
    if (known.success) return known.data;
    const found = answer.safeParse(
      await session.ask({ operation: 'me', method: 'get', path: 'users/me' }),
    );
    if (!found.success) {
      const message = 'its answer about the account is not as documented';
      throw fail('DELIVERY_BUSY', { platform: 'X', status: 200, message });
    }
    const { id, username } = found.data.data;
    cache?.set(kept, JSON.stringify({ id, username }));
    return { id, username };
  };
  return (): Promise<User> => {
    const mine = (asked ??= ask());
    mine.catch(() => {
      if (asked === mine) asked = undefined;
    });
    return mine;
  };
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
