import { enableCompileCache } from 'node:module';

enableCompileCache();
const { runTickJob } = await import('./run.ts');
await runTickJob();
