/** Webhooks and what became of each delivery. */
export const hookSwitches = [
  'push_events',
  'tag_push_events',
  'issues_events',
  'confidential_issues_events',
  'note_events',
  'confidential_note_events',
  'merge_requests_events',
  'job_events',
  'pipeline_events',
  'wiki_page_events',
  'deployment_events',
  'feature_flag_events',
  'releases_events',
  'milestone_events',
  'emoji_events',
  'resource_access_token_events',
  'vulnerability_events',
] as const;
export type HookSwitch = (typeof hookSwitches)[number];

export interface Hook {
  id: number;
  uuid: string;
  url: string;
  name: string | null;
  description: string | null;
  /** Sent as `X-Gitlab-Token`. */
  token?: string | undefined;
  /** `whsec_<base64>`: deliveries are signed with it. */
  signingToken?: string | undefined;
  switches: Partial<Record<HookSwitch, boolean>>;
  branchFilter: string | null;
  filterStrategy: 'wildcard' | 'regex' | 'all_branches';
  verifySsl: boolean;
  headers: { key: string; value: string }[];
  createdAt: number;
  /** Failures in a row. */
  failures: number;
  disabledUntil?: number | undefined;
  /** Newest last, bounded. */
  deliveries: Delivery[];
}

export interface Delivery {
  id: number;
  /** Also the webhook-id; the same across retries and resends. */
  key: string;
  eventUuid: string;
  event: string;
  trigger: string;
  body: string;
  at: number;
  /** Status of the answer as text, or `internal error`. */
  status: string;
  answer: string;
  seconds: number;
}
