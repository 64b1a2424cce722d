import { z } from 'zod';

/** What the pages read of GitLab's REST answers: names as GitLab has them, nothing that no page shows. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

export const user = z.object({ id: z.number(), username: z.string(), name: z.string() });
export type User = z.infer<typeof user>;

export const label = z.object({
  name: z.string(),
  color: z.string(),
  text_color: z.string().default('#FFFFFF'),
  description: text,
});
export type Label = z.infer<typeof label>;

export const issue = z.object({
  iid: z.number(),
  title: z.string(),
  description: text,
  state: z.string(),
  labels: z.array(z.string()),
  author: user,
  created_at: z.string(),
  updated_at: z.string(),
  user_notes_count: z.number().default(0),
});
export type Issue = z.infer<typeof issue>;

export const mergeRequest = issue.extend({
  draft: z.boolean().default(false),
  source_branch: z.string(),
  target_branch: z.string(),
  sha: z.string().nullish(),
  merged_at: z.string().nullish(),
  merged_by: user.nullish(),
  merge_user: user.nullish(),
  merge_commit_sha: z.string().nullish(),
  detailed_merge_status: z.string().default(''),
  reviewers: z.array(user).default([]),
});
export type MergeRequest = z.infer<typeof mergeRequest>;

export const note = z.object({
  id: z.number(),
  body: z.string(),
  system: z.boolean().default(false),
  author: user,
  created_at: z.string(),
  updated_at: z.string(),
});
export type Note = z.infer<typeof note>;

export const discussion = z.object({
  id: z.string(),
  individual_note: z.boolean().default(true),
  notes: z.array(note),
});
export type Discussion = z.infer<typeof discussion>;

export const labelEvent = z.object({
  id: z.number(),
  user: user.nullable(),
  created_at: z.string(),
  action: z.string(),
  label: z.object({ name: z.string() }).nullable(),
});
export type LabelEvent = z.infer<typeof labelEvent>;

export const award = z.object({ id: z.number(), name: z.string(), user });
export type Award = z.infer<typeof award>;

export const approvals = z.object({
  user_has_approved: z.boolean().default(false),
  approved_by: z.array(z.object({ user })).default([]),
});
export type Approvals = z.infer<typeof approvals>;

export const fileDiff = z.object({
  old_path: z.string(),
  new_path: z.string(),
  new_file: z.boolean().default(false),
  renamed_file: z.boolean().default(false),
  deleted_file: z.boolean().default(false),
  diff: z.string(),
});
export type FileDiff = z.infer<typeof fileDiff>;

export const commit = z.object({
  id: z.string(),
  title: z.string().default(''),
  message: text,
  author_name: z.string(),
  authored_date: z.string().nullish(),
  created_at: z.string().nullish(),
});
export type Commit = z.infer<typeof commit>;

export const branch = z.object({ name: z.string(), commit: z.object({ id: z.string() }) });

export const treeEntry = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  path: z.string(),
});
export type TreeEntry = z.infer<typeof treeEntry>;

export const file = z.object({
  file_path: z.string(),
  size: z.number().default(0),
  content: z.string(),
  last_commit_id: z.string().default(''),
});
export type RepositoryFile = z.infer<typeof file>;

export const pipeline = z.object({
  id: z.number(),
  status: z.string(),
  source: text,
  ref: text,
  sha: text,
  created_at: text,
  updated_at: text,
});
export type Pipeline = z.infer<typeof pipeline>;

export const job = z.object({
  id: z.number(),
  name: z.string(),
  stage: text,
  status: z.string(),
  created_at: text,
  duration: z.number().nullish(),
});
export type Job = z.infer<typeof job>;

export const project = z.object({ default_branch: z.string(), name: text });
