/** `npm start`: the whole product on this machine, without a GitLab and without an account. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { readOptions } = await import('./start/options.ts');
const options = readOptions(process.argv.slice(2));
const { start } = await import('./start/run.ts');
process.exitCode = await start(options);
