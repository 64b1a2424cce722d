/** The labels of a desk, in the order of a post's life. Sources of the colours: GitLab's own palette. */
export const deskLabels = [
  { name: 'pulse::thinking', color: '#6699cc', description: 'The machine is still working on it' },
  {
    name: 'pulse::review',
    color: '#eee600',
    description: 'Waits for a decision: approve or reject',
  },
  { name: 'pulse::approved', color: '#009966', description: 'Will go out at its time' },
  { name: 'pulse::held', color: '#808080', description: 'Stopped by a person; nothing happens' },
  { name: 'pulse::failed', color: '#dc143c', description: 'Known not to be out; `/pulse retry`' },
  { name: 'pulse::unknown', color: '#ed9121', description: 'May be out: a person must look' },
  { name: 'pulse::published', color: '#00b140', description: 'Is out' },
  { name: 'pulse::rejected', color: '#36454f', description: 'Was decided against' },
  { name: 'pulse::expired', color: '#c0c0c0', description: 'Nobody decided in time' },
  {
    name: 'pulse-stop',
    color: '#000000',
    description:
      'While open nothing is published. Title: Stop, Stop <profile>, Stop <profile>/<account>',
  },
  {
    name: 'pulse-account',
    color: '#ed9121',
    description: 'Somebody must sign in to an account; closed by itself',
  },
] as const;

/** Columns of the board; posts in the other states are closed issues, which a board shows in a column of its own. */
export const boardLabels = deskLabels.slice(0, 6).map(({ name }) => name);

export const boardName = 'SocialPulse';
export const machineName = 'SocialPulse';
export const machineScopes = ['api', 'write_repository'] as const;
export const hookName = 'SocialPulse';
export const schedule = { description: 'tick', cron: '*/15 * * * *' } as const;

/** Longest life GitLab gives a token, and when it is renewed, ms. */
export const day = 86_400_000;
export const tokenDays = 364;
export const renewDays = 30;
