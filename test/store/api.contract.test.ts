import { systemClock } from '../../lib/clock.ts';
import { createApiFiles } from '../../lib/store/api.ts';
import { filesContract } from './files.contract.ts';
import { createDeskSandbox } from './sandbox.ts';

filesContract("GitLab's API", async () => {
  const desk = await createDeskSandbox();
  const reader = desk.gitlab();
  return {
    writer: () => Promise.resolve(createApiFiles(desk.gitlab(), 'pulse-state', systemClock)),
    messages: async () => (await reader.commits('pulse-state')).map(({ message }) => message),
    close: desk.close,
  };
});
