import type { Call, Send } from './request.ts';

type Resources = Awaited<ReturnType<typeof load>>;

/** GitLab's resources, loaded when first asked for: until then a program has not paid for them. */
export type Loaded = () => Promise<Resources>;

/** The resource classes of gitbeaker over our own `send`, which knows when to try again and keeps the token. */
export function createResources(send: Send): Loaded {
  let loading: Promise<Resources> | undefined;
  return () => (loading ??= load(send));
}

async function load(send: Send) {
  const [rest, { createRequesterFn }] = await Promise.all([
    import('@gitbeaker/rest'),
    import('@gitbeaker/requester-utils'),
  ]);
  const requesterFn = createRequesterFn(
    (_resource, request) => Promise.resolve(request),
    async (path, options) => {
      const answer = await send(callOf(path, options ?? {}));
      const headers = Object.fromEntries(answer.headers.entries());
      // gitbeaker's own type of bodies is narrower than JSON; ours are checked where they are used.
      return { status: answer.status, headers, body: (answer.body ?? null) as never };
    },
  );
  // The path of a resource is kept in its address; the host is ours alone.
  const options = { host: '', requesterFn, rateLimits: {}, queryTimeout: null };
  return {
    approvals: new rest.MergeRequestApprovals(options),
    boards: new rest.ProjectIssueBoards(options),
    branches: new rest.Branches(options),
    commits: new rest.Commits(options),
    discussions: {
      issue: new rest.IssueDiscussions(options),
      merge_request: new rest.MergeRequestDiscussions(options),
    },
    emojis: {
      issue: new rest.IssueNoteAwardEmojis(options),
      merge_request: new rest.MergeRequestNoteAwardEmojis(options),
    },
    events: new rest.Events(options),
    files: new rest.RepositoryFiles(options),
    hooks: new rest.ProjectHooks(options),
    issues: new rest.Issues(options),
    labelEvents: {
      issue: new rest.IssueLabelEvents(options),
      merge_request: new rest.MergeRequestLabelEvents(options),
    },
    labels: new rest.ProjectLabels(options),
    members: new rest.ProjectMembers(options),
    mergeRequests: new rest.MergeRequests(options),
    notes: {
      issue: new rest.IssueNotes(options),
      merge_request: new rest.MergeRequestNotes(options),
    },
    projects: new rest.Projects(options),
    protectedBranches: new rest.ProtectedBranches(options),
    repositories: new rest.Repositories(options),
    schedules: new rest.PipelineSchedules(options),
    tokens: new rest.ProjectAccessTokens(options),
    users: new rest.Users(options),
    variables: new rest.ProjectVariables(options),
  };
}

/** What gitbeaker hands to a request handler, as a call of ours. */
function callOf(endpoint: string, options: Record<string, unknown>): Call {
  const { method, prefixUrl, searchParams, body } = options;
  const prefix = String(prefixUrl).replace(/^\/api\/v4\/?/, '');
  return {
    method: String(method),
    path: [prefix, endpoint].filter((part) => part !== '').join('/'),
    ...(typeof searchParams === 'string' && { query: searchParams }),
    ...(typeof body === 'string' && body !== '{}' && { body: JSON.parse(body) as unknown }),
  };
}
