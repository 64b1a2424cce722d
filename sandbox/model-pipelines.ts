/** CI/CD: variables, schedules, pipelines and their jobs. */
export interface Variable {
  key: string;
  value: string;
  protected: boolean;
  masked: boolean;
  hidden: boolean;
  raw: boolean;
  type: 'env_var' | 'file';
  scope: string;
  description: string | null;
}

export interface Schedule {
  id: number;
  description: string;
  ref: string;
  cron: string;
  zone: string;
  active: boolean;
  ownerId: number;
  variables: { key: string; value: string; variable_type: string; raw: boolean }[];
  createdAt: number;
  updatedAt: number;
  nextRunAt: number | null;
  lastPipeline?: number | undefined;
}

export type CiStatus =
  'created' | 'pending' | 'running' | 'success' | 'failed' | 'canceled' | 'skipped' | 'manual';

export interface Pipeline {
  id: number;
  iid: number;
  status: CiStatus;
  source: string;
  ref: string;
  sha: string;
  tag: boolean;
  userId: number;
  scheduleId?: number | undefined;
  variables: { key: string; value: string; variable_type: string; raw: boolean }[];
  name: string | null;
  createdAt: number;
  updatedAt: number;
  startedAt?: number | undefined;
  finishedAt?: number | undefined;
  yamlErrors?: string | undefined;
}

export interface Job {
  id: number;
  pipelineId: number;
  name: string;
  stage: string;
  status: CiStatus;
  allowFailure: boolean;
  trace: string;
  createdAt: number;
  startedAt?: number | undefined;
  finishedAt?: number | undefined;
  failureReason?: string | undefined;
}
