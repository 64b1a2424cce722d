import { neutral } from '../gitlab/neutral.ts';
import type { PostRecord } from '../store/record.ts';
import { issueMark } from './card.ts';

/** Title of issue and merge request. */
export function announceTitle(record: PostRecord): string {
  const name = record.origin.trend?.name ?? record.id;
  return neutral(`${record.profile}: ${name}`).replace(/\s+/g, ' ').slice(0, 200);
}

/** The issue is the card on the board; the conversation is on the merge request. */
export function issueText(record: PostRecord): string {
  return [
    issueMark(record.id),
    `A post for **${record.profile}**. The conversation and the preview are on its merge request; the labels of this issue show where it stands.`,
    ...why(record),
  ].join('\n\n');
}

/** Links the issue without a closing word: the bot closes it when the post is out. */
export function mergeRequestText(record: PostRecord, issue: number): string {
  return [
    `A post for **${record.profile}**. Related to #${issue}.`,
    'Edit the file as you like: the machine never overwrites what a person wrote. `/pulse help` lists what it can do for you.',
    ...why(record),
  ].join('\n\n');
}

function why({ origin }: PostRecord): string[] {
  if (origin.trend === undefined) return ['Written by hand.'];
  const drawn = (origin.knowledge ?? []).map((path) => `\`${path}\``).join(', ');
  const lines = [
    ...origin.reasons.map(({ text }) => text),
    ...(drawn === '' ? [] : [`the model was given ${drawn} to draw on`]),
  ];
  return [neutral(lines.map((line) => `- ${line}`).join('\n'))];
}
