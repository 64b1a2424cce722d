import { userShape } from './objects.ts';
import { flag, list, maybe, object, present, text, textOrEmpty, whole } from './shapes.ts';

/** Settings of a project that matter to a desk; absent where this GitLab or its plan has no such setting. */
export const projectSettingsShape = object((field) =>
  present({
    visibility: field('visibility', text),
    mergeMethod: field('merge_method', maybe(text)),
    squashOption: field('squash_option', maybe(text)),
    mergeTrainsEnabled: field('merge_trains_enabled', maybe(flag)),
    onlyAllowMergeIfPipelineSucceeds: field('only_allow_merge_if_pipeline_succeeds', maybe(flag)),
    onlyAllowMergeIfAllDiscussionsAreResolved: field(
      'only_allow_merge_if_all_discussions_are_resolved',
      maybe(flag),
    ),
    removeSourceBranchAfterMerge: field('remove_source_branch_after_merge', maybe(flag)),
    autocloseReferencedIssues: field('autoclose_referenced_issues', maybe(flag)),
    issuesAccessLevel: field('issues_access_level', maybe(text)),
    mergeRequestsAccessLevel: field('merge_requests_access_level', maybe(text)),
    buildsAccessLevel: field('builds_access_level', maybe(text)),
  }),
);
export type ProjectSettings = ReturnType<typeof projectSettingsShape>;

export const labelShape = object((field) => ({
  id: field('id', whole),
  name: field('name', text),
}));

export const boardShape = object((field) => ({
  id: field('id', whole),
  name: field('name', text),
  /** Names of the labels of its lists; lists by person or milestone are left out. */
  labels: field(
    'lists',
    list(object((inner) => inner('label', maybe(object((label) => label('name', text)))))),
  ).filter((name) => name !== undefined),
}));

export const hookEvents = [
  'push',
  'issues',
  'confidential_issues',
  'merge_requests',
  'note',
  'confidential_note',
  'emoji',
  'pipeline',
] as const;

export const hookShape = object((field) =>
  present({
    id: field('id', whole),
    url: field('url', text),
    name: field('name', maybe(text)),
    events: hookEvents.filter((event) => field(`${event}_events`, maybe(flag)) === true),
    branchFilter: field('push_events_branch_filter', textOrEmpty),
    filterStrategy: field('branch_filter_strategy', maybe(text)),
    verifySsl: field('enable_ssl_verification', maybe(flag)) ?? true,
    /** Whether it carries a token and a signature; absent on a GitLab that does not tell. */
    tokenPresent: field('token_present', maybe(flag)),
    signingTokenPresent: field('signing_token_present', maybe(flag)),
  }),
);
export type Hook = ReturnType<typeof hookShape>;

export const scheduleShape = object((field) => ({
  id: field('id', whole),
  description: field('description', textOrEmpty),
  ref: field('ref', text).replace(/^refs\/heads\//, ''),
  cron: field('cron', text),
  active: field('active', flag),
  owner: field('owner', maybe(userShape)),
}));
export type Schedule = ReturnType<typeof scheduleShape>;

export const variableShape = object((field) =>
  present({
    key: field('key', text),
    /** Absent when it is hidden. */
    value: field('value', maybe(text)),
    protected: field('protected', flag),
    masked: field('masked', flag),
    hidden: field('hidden', maybe(flag)) ?? false,
    scope: field('environment_scope', maybe(text)) ?? '*',
  }),
);
export type Variable = ReturnType<typeof variableShape>;

export const tokenShape = object((field) =>
  present({
    id: field('id', whole),
    name: field('name', text),
    userId: field('user_id', whole),
    active: field('active', maybe(flag)) ?? true,
    scopes: field('scopes', list(text)),
    /** `yyyy-mm-dd`; absent when it never expires. */
    expires: field('expires_at', maybe(text)),
    /** Only in the answer that makes it. */
    value: field('token', maybe(text)),
  }),
);
export type AccessToken = ReturnType<typeof tokenShape>;
