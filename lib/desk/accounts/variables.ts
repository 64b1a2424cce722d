import { fail } from '../../errors.ts';
import type { GitLab } from '../../gitlab/index.ts';
import { heldIn, type TokenVariables } from '../../tokens/held.ts';
import type { TokenStore } from '../../tokens/holding.ts';

type Variables = Pick<GitLab, 'variables' | 'createVariable' | 'editVariable'>;

/**
 * Tokens in the CI/CD variables of the desk. The refresh token is written first: with it and an old access token an
 * account goes on, the other way round it does not. Nothing is ever overwritten by nothing.
 */
export function variableStore(
  gitlab: Variables,
  names: TokenVariables,
  platform: string,
): TokenStore {
  const ours = async () => (await gitlab.variables()).filter(({ scope }) => scope === '*');
  return {
    async read() {
      const found = (await ours()).map(({ key, value }) => [key, value] as const);
      return heldIn(Object.fromEntries(found), names);
    },
    async write({ refresh, access, expires }) {
      const there = new Map((await ours()).map((each) => [each.key, each]));
      const put = async (key: string, value: string | undefined, what: string, masked: boolean) => {
        if (value === undefined || value === '') return;
        const known = there.get(key);
        if (known?.value === value && known.masked === masked) return;
        const written =
          known === undefined
            ? await gitlab.createVariable(key, value, `${what} of ${platform}`, { masked })
            : await gitlab.editVariable(key, {
                value,
                protected: true,
                ...(masked && { masked: true }),
              });
        if (written.value !== value && !written.hidden)
          throw fail('GITLAB_UNEXPECTED', {
            call: 'PUT /variables',
            problems: `${key} does not hold what was written`,
          });
      };
      await put(names.refresh, refresh, 'Refresh token', true);
      await put(names.access, access, 'Access token', true);
      const end = expires === undefined ? undefined : new Date(expires).toISOString();
      await put(names.expires, end, 'When the access token ends', false);
    },
  };
}
