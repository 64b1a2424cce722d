import type { AccessLevel, Issue, LabelEvent, MergeRequest, Note, User } from '../gitlab/types.ts';
import type { Person } from '../store/record.ts';

export type On = 'issue' | 'merge_request';

/** The document as it stands now, and what follows from it. */
export interface CurrentDocument {
  path: string;
  /** Hash of the file. */
  file: string;
  /** Hash of the text of every target, the targets and the media; an approval binds it and the time. */
  content: string;
  variants: Readonly<Record<string, string>>;
  /** `default` once it is merged. */
  where: 'branch' | 'default';
  /** Who wrote what is not ours; id 0 when GitLab does not say. */
  by?: Person;
  /** ISO 8601 from the front matter, as ms. */
  schedule?: number;
  /** Files of its images. */
  media: readonly string[];
  /** Where it goes, and how it will look there. */
  targets: readonly Target[];
  /** What people should know though it can be published, e.g. an account without credentials. */
  warnings: readonly string[];
  /** What keeps it from being published; shown on the card and answered to who approves. */
  problems: readonly string[];
}

export interface Target {
  /** Name of the account. */
  name: string;
  platform: string;
  /** Only where the network shows it. */
  title?: string;
  /** The post that is answered. */
  reply?: string;
  parts: readonly {
    /** What people will read there, without markup. */
    text: string;
    length: number;
    limit: number;
    unit: string;
    media: readonly string[];
    /** Options of a poll. */
    poll?: readonly string[];
    /** Address and title of a link card. */
    link?: string;
  }[];
}

/** What GitLab and git say now about one post. */
export interface Observation {
  /** Id of the machine account. */
  me: number;
  issue?: Issue;
  mergeRequest?: MergeRequest;
  notes: readonly (Note & { discussion: string; on: On })[];
  labels: readonly (LabelEvent & { on: On })[];
  approvals: readonly { user: User; at?: number }[];
  branchExists: boolean;
  document?: CurrentDocument;
  /** Levels of everybody who asked for something not yet taken. */
  levels: Readonly<Record<number, AccessLevel>>;
}
