import { answer, helpText } from '../../review/answers.ts';
import { asked, type Asked } from '../../review/asked.ts';
import { judge } from '../../review/judge.ts';
import type { PostRecord, Request } from '../../store/record.ts';
import type { Rule, State } from '../state.ts';
import { approve, hold, ready, reject, reschedule, settleDelivery } from './obey.ts';

/** What comes of a request: the record, and what is answered, if anything. */
export interface Outcome {
  record: PostRecord;
  status: Request['status'];
  text?: string;
}

/** Takes everything people asked for since last time, oldest first, each once. */
export const takeAsks: Rule = (state) =>
  asked(state.record, state.observation).reduce(
    (record, ask) => take(ask, { ...state, record }),
    state.record,
  );

function take(ask: Asked, state: State): PostRecord {
  const judged = judge(ask, state.record, state.profile, state.observation, state.settle);
  const outcome: Outcome = judged.obey
    ? obey(ask, state)
    : {
        record: state.record,
        status: 'refused',
        ...(judged.answer === undefined ? {} : { text: judged.answer }),
      };
  const { key, by, at } = ask;
  const text = [ask.what, ask.argument].filter((word) => word !== '').join(' ');
  const record = {
    ...outcome.record,
    requests: [...outcome.record.requests, { key, by, at, text, status: outcome.status }],
  };
  return outcome.text === undefined ? record : answer(record, ask, outcome.text);
}

function obey(ask: Asked, state: State): Outcome {
  switch (ask.what) {
    case 'approve':
      return approve(ask, state);
    case 'reject':
      return reject(ask, state);
    case 'hold':
      return hold(state);
    case 'ready':
      return ready(state);
    case 'withdraw':
      // Whether the approval still stands is read from GitLab as it is now, by the rule after this one.
      return { record: state.record, status: 'done' };
    case 'schedule':
    case 'now':
      return reschedule(ask, state);
    case 'retry':
    case 'skip':
      return settleDelivery(ask, state);
    case 'refine':
    case 'use':
      return laterByMachine(ask, state);
    case 'help':
      return { record: state.record, status: 'done', text: helpText };
    case 'unknown':
      return {
        record: state.record,
        status: 'refused',
        text: `I do not know that command.\n\n${helpText}`,
      };
  }
}

/** Changing words takes time: it is taken now, acknowledged at once, and answered when the revision is there. */
function laterByMachine(ask: Asked, { record }: State): Outcome {
  if (ask.argument === '') {
    const example = ask.what === 'use' ? '`/pulse use b`' : '`/pulse refine shorter`';
    return { record, status: 'refused', text: `Tell me more, for example ${example}.` };
  }
  if (record.mergedAs !== undefined) {
    const text =
      'The post is on the default branch already. Edit the file there, and approve it again.';
    return { record, status: 'refused', text };
  }
  if (record.status === 'rejected' || record.status === 'expired') {
    return {
      record,
      status: 'refused',
      text: `This post is ${record.status}. Reopen the issue first.`,
    };
  }
  return { record, status: 'taken' };
}
