import { enableCompileCache } from 'node:module';
import { parseArgs } from 'node:util';

enableCompileCache();

const usage = `node jobs/auth.ts [options] ACCOUNT

Signs in to an account of a profile, e.g. crypto/main, and stores its tokens as CI/CD variables of the desk.
  --port N        where the browser comes back to on this machine; 8976 unless given
  --redirect URL  another address that is registered with the network; then the address you are led to is pasted
  --paste         the browser runs on another machine: paste the address you are led to
  --print         store nothing, print what to store
Exit status: 0 signed in, 1 not.
`;

try {
  const { values, positionals } = parseArgs({
    options: {
      port: { type: 'string', default: '8976' },
      redirect: { type: 'string' },
      paste: { type: 'boolean', default: false },
      print: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
    allowPositionals: true,
  });
  const [account] = positionals;
  const port = /^\d+$/.test(values.port) ? Number(values.port) : -1;
  const { redirect, paste, print } = values;
  const wrong = account === undefined || positionals.length > 1 || port < 0 || port > 65_535;
  const badAddress = redirect !== undefined && URL.parse(redirect) === null;
  if (values.help === true) process.stdout.write(usage);
  else if (wrong || badAddress) {
    process.stderr.write(usage);
    process.exitCode = 1;
  } else {
    const { readConfig } = await import('../lib/config.ts');
    const { createDesk } = await import('../lib/app.ts');
    const { signIn } = await import('../lib/desk/accounts/auth.ts');
    const desk = await createDesk(readConfig());
    const ok = await signIn(desk, account, {
      port,
      print,
      paste: paste || redirect !== undefined,
      ...(redirect !== undefined && { redirect }),
      say: (line) => console.log(line),
      input: process.stdin,
    });
    if (!ok) process.exitCode = 1;
    // A terminal that is still read would keep the program alive.
    process.stdin.destroy();
  }
} catch (error) {
  const { formatError } = await import('../lib/log.ts');
  process.stderr.write(`${formatError(error)}\n`);
  process.exitCode = 1;
}
