import { absent } from './answers.ts';
import { issueShape } from './objects.ts';
import type { Loaded } from './resources.ts';
import { list, narrow } from './shapes.ts';
import type { Issue } from './types.ts';

/** GitLab hands out at most this many of anything at once. */
export const perPage = 100;

export interface LabelChange {
  addLabels?: readonly string[];
  removeLabels?: readonly string[];
}

/** GitLab takes labels with commas between. */
export const labelOptions = ({ addLabels = [], removeLabels = [] }: LabelChange) => ({
  ...(addLabels.length > 0 && { addLabels: addLabels.join(',') }),
  ...(removeLabels.length > 0 && { removeLabels: removeLabels.join(',') }),
});

/** Oldest change first, each once. */
export function byUpdate<T extends { iid: number; updatedAt: number }>(all: readonly T[]): T[] {
  const each = new Map(all.map((one) => [one.iid, one]));
  return [...each.values()].sort((a, b) => a.updatedAt - b.updatedAt || a.iid - b.iid);
}

export function createIssues(project: string, resources: Loaded) {
  const find = async (query: {
    updatedAfter?: string;
    search?: string;
    in?: 'description';
    labels?: string;
    state?: 'opened';
  }) => {
    const { issues } = await resources();
    // By creation, because whatever changes while pages are turned keeps its place then.
    const found = await issues.all({
      projectId: project,
      scope: 'all',
      orderBy: 'created_at',
      sort: 'asc',
      perPage,
      ...query,
    });
    return narrow('GET /issues', list(issueShape), found);
  };
  return {
    async issue(iid: number): Promise<Issue | undefined> {
      const { issues } = await resources();
      const found = await absent(issues.show(iid, { projectId: project }));
      return found && narrow('GET /issues/:iid', issueShape, found);
    },
    /** Every issue changed at `ms` or later, all pages, oldest change first. */
    async issuesUpdatedSince(ms: number): Promise<Issue[]> {
      return byUpdate(await find({ updatedAfter: new Date(ms).toISOString() }));
    },
    /** Open issues with this label, oldest change first. */
    async openIssues(label: string): Promise<Issue[]> {
      return byUpdate(await find({ labels: label, state: 'opened' }));
    },
    /** Issues in any state whose description holds these words, oldest change first. */
    async findIssues(words: string): Promise<Issue[]> {
      return byUpdate(await find({ search: words, in: 'description' }));
    },
    async createIssue(wanted: {
      title: string;
      description: string;
      labels: readonly string[];
      confidential?: boolean;
    }): Promise<Issue> {
      const { issues } = await resources();
      const { title, labels, ...rest } = wanted;
      const made = await issues.create(project, title, { ...rest, labels: labels.join(',') });
      return narrow('POST /issues', issueShape, made);
    },
    /** All changes in one request: GitLab carries out all of them or none. */
    async updateIssue(
      iid: number,
      change: LabelChange & { title?: string; description?: string; state?: 'close' | 'reopen' },
    ): Promise<Issue> {
      const { issues } = await resources();
      const { title, description, state } = change;
      const changed = await issues.edit(project, iid, {
        ...(title !== undefined && { title }),
        ...(description !== undefined && { description }),
        ...(state !== undefined && { stateEvent: state }),
        ...labelOptions(change),
      });
      return narrow('PUT /issues/:iid', issueShape, changed);
    },
  };
}
