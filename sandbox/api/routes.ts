import { approvalRoutes } from './approvals.ts';
import { awardRoutes } from './awards.ts';
import { branchRoutes, protectedBranchRoutes } from './branches.ts';
import type { Router } from './call.ts';
import { commitRoutes } from './commits.ts';
import { eventRoutes } from './events.ts';
import { fileRoutes } from './files.ts';
import { hookRoutes } from './hooks.ts';
import { issueRoutes } from './issues.ts';
import { boardRoutes, labelRoutes } from './labels.ts';
import { memberRoutes } from './members.ts';
import { mergeRequestRoutes } from './merge-requests.ts';
import { noteRoutes } from './notes.ts';
import { pipelineRoutes } from './pipelines.ts';
import { projectRoutes } from './projects.ts';
import { scheduleRoutes } from './schedules.ts';
import { serverRoutes } from './server.ts';
import { variableRoutes } from './variables.ts';

/** Everything below `/api/v4`. */
export function addRoutes(router: Router): void {
  for (const add of [
    serverRoutes,
    projectRoutes,
    memberRoutes,
    issueRoutes,
    mergeRequestRoutes,
    approvalRoutes,
    noteRoutes,
    eventRoutes,
    awardRoutes,
    labelRoutes,
    boardRoutes,
    fileRoutes,
    commitRoutes,
    branchRoutes,
    protectedBranchRoutes,
    hookRoutes,
    variableRoutes,
    scheduleRoutes,
    pipelineRoutes,
  ])
    add(router);
}
