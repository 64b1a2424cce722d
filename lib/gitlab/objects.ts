import {
  flag,
  list,
  maybe,
  object,
  oneOf,
  present,
  type Shape,
  text,
  textOrEmpty,
  time,
  whole,
} from './shapes.ts';
import type { Issue, LabelEvent, MergeRequest, Note, Project, User } from './types.ts';

/** GitLab's answers as objects of ours. */
export const userShape: Shape<User> = object((field) =>
  present({
    id: field('id', whole),
    username: field('username', text),
    name: field('name', textOrEmpty),
    bot: field('bot', maybe(flag)),
  }),
);

export const projectShape: Shape<Project> = object((field) => ({
  id: field('id', whole),
  path: field('path_with_namespace', text),
  url: field('web_url', text),
  defaultBranch: field('default_branch', maybe(text)) ?? 'main',
  visibility: field('visibility', maybe(text)) ?? 'private',
}));

export const issueShape: Shape<Issue> = object((field) => ({
  iid: field('iid', whole),
  title: field('title', text),
  description: field('description', textOrEmpty),
  state: field('state', oneOf('opened', 'closed')),
  labels: field('labels', list(text)),
  url: field('web_url', text),
  author: field('author', userShape),
  createdAt: field('created_at', time),
  updatedAt: field('updated_at', time),
}));

export const mergeRequestShape: Shape<MergeRequest> = object((field) =>
  present({
    iid: field('iid', whole),
    title: field('title', text),
    description: field('description', textOrEmpty),
    state: field('state', oneOf('opened', 'closed', 'merged', 'locked')),
    draft: field('draft', flag),
    labels: field('labels', list(text)),
    sourceBranch: field('source_branch', text),
    targetBranch: field('target_branch', text),
    // null when the fork it came from is gone: no project of anybody's has this number.
    sourceProject: field('source_project_id', maybe(whole)) ?? 0,
    targetProject: field('target_project_id', whole),
    sha: field('sha', textOrEmpty),
    mergeCommit: field('merge_commit_sha', maybe(text)) ?? field('squash_commit_sha', maybe(text)),
    mergedBy: field('merge_user', maybe(userShape)) ?? field('merged_by', maybe(userShape)),
    mergedAt: field('merged_at', maybe(time)),
    mergeStatus: field('detailed_merge_status', maybe(text)) ?? 'unchecked',
    author: field('author', userShape),
    url: field('web_url', text),
    createdAt: field('created_at', time),
    updatedAt: field('updated_at', time),
  }),
);

export const noteShape: Shape<Note> = object((field) => ({
  id: field('id', whole),
  body: field('body', textOrEmpty),
  system: field('system', flag),
  author: field('author', userShape),
  createdAt: field('created_at', time),
  updatedAt: field('updated_at', time),
}));

/** The label is null once it has been deleted from the project, the user once the account is gone. */
export const labelEventShape: Shape<LabelEvent | undefined> = object((field) => {
  const label = field('label', maybe(object((inner) => inner('name', text))));
  const by = field('user', maybe(userShape));
  const event = {
    id: field('id', whole),
    action: field('action', oneOf('add', 'remove')),
    at: field('created_at', time),
  };
  return label === undefined || by === undefined ? undefined : { ...event, label, by };
});
