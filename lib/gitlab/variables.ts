import { perPage } from './issues.ts';
import type { Send } from './request.ts';
import type { Loaded } from './resources.ts';
import { variableShape } from './settings-objects.ts';
import { list, narrow, type Shape } from './shapes.ts';

/** CI/CD variables of the project; only maintainers may read and write them. */
export function createVariables(project: string, resources: Loaded, send: Send) {
  const base = `projects/${encodeURIComponent(project)}/variables`;
  const write = async <T>(method: string, path: string, body: unknown, shape: Shape<T>) => {
    const answer = await send({ method, path: `${base}${path}`, body });
    return narrow(`${method} /variables`, shape, answer.body);
  };
  return {
    async variables() {
      const { variables } = await resources();
      const found = await variables.all(project, { perPage });
      return narrow('GET /variables', list(variableShape), found);
    },
    /** Masked unless said otherwise, protected, and not hidden: a hidden one cannot be read back. */
    createVariable: (
      key: string,
      value: string,
      description: string,
      options: { masked?: boolean } = {},
    ) =>
      write(
        'POST',
        '',
        { key, value, description, masked: true, protected: true, raw: true, ...options },
        variableShape,
      ),
    editVariable: (key: string, change: { value?: string; masked?: true; protected?: true }) =>
      write('PUT', `/${encodeURIComponent(key)}`, change, variableShape),
    deleteVariable: (key: string) =>
      write('DELETE', `/${encodeURIComponent(key)}`, undefined, () => undefined),
  };
}
