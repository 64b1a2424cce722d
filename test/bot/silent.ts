import { createLog } from '../../lib/log.ts';
import { secret } from '../../lib/secret.ts';

/** A log that says nothing. */
export const silent = createLog({ log: { level: 'silent' }, secrets: secret([]) });
