import { serve } from '@hono/node-server';
import { createApp } from '../lib/app.ts';
import { systemClock } from '../lib/clock.ts';
import { isDebugging, readConfig } from '../lib/config.ts';
import { createLog, formatError } from '../lib/log.ts';
import { createBot } from './bot.ts';

await main().catch((thrown: unknown) => {
  process.stderr.write(`${formatError(thrown, isDebugging())}\n`);
  process.exit(1);
});

/** Listens, learns who we are, works until it is told to stop, then works off what it has taken. */
async function main() {
  const config = readConfig();
  const log = createLog(config);
  const bot = createBot({
    createApp: () => createApp(config, { log }),
    settings: config,
    clock: systemClock,
    log,
  });
  const { host: hostname, port } = config.server;
  const server = serve({ fetch: bot.server.fetch, hostname, port }, (address) =>
    log.info({ host: address.address, port: address.port }, 'listening'),
  );

  // Another post's bad luck, or a bug in one look, is no reason to stop looking at the others.
  process.on('unhandledRejection', (thrown) => log.error({ err: thrown }, 'not handled'));

  let stopping = false;
  const stop = async (signal: string) => {
    // Told twice: at once.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    server.close();
    await bot.stop();
    log.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, (name) => void stop(name));

  await bot.start();
}
