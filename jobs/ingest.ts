import { enableCompileCache } from 'node:module';

enableCompileCache();
const { runStepJob } = await import('./run.ts');
await runStepJob('ingest');
