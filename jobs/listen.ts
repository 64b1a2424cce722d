import { enableCompileCache } from 'node:module';

enableCompileCache();
const { runListenJob } = await import('./run.ts');
await runListenJob();
