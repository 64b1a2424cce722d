import { createBare } from './bare.ts';
import { filesContract } from './files.contract.ts';

filesContract('a clone', async () => {
  const bare = await createBare();
  return { writer: () => bare.files(), messages: bare.messages, close: bare.close };
});
