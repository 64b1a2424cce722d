import type { Variable } from '../model-pipelines.ts';
import { flag, must, oneOf, required, text } from '../params.ts';
import { variableEntity } from '../present/pipelines.ts';
import { bad, notFound } from '../refusal.ts';
import type { ProjectCall, Router } from './call.ts';
import { page } from './paging.ts';

/** Values that can be masked hold no blanks and are long enough. */
const maskable = /^\S{8,}$/;

function checked(variable: Variable): Variable {
  if (!/^\w{1,255}$/.test(variable.key))
    throw bad({ key: ["can contain only letters, digits and '_'."] });
  if (variable.masked && !maskable.test(variable.value)) throw bad({ value: ['is invalid'] });
  return variable;
}

/** CI/CD variables of the project. */
export function variableRoutes(router: Router): void {
  const scope = ({ params }: ProjectCall) => {
    const filter = params.filter;
    const nested = (filter as Record<string, unknown> | undefined)?.environment_scope;
    return (
      text(params, 'filter[environment_scope]') ?? (typeof nested === 'string' ? nested : undefined)
    );
  };
  const variableOf = (call: ProjectCall): Variable => {
    const [key, wanted] = [call.part('key'), scope(call)];
    const found = call.project.variables.find(
      (each) => each.key === key && (wanted === undefined || each.scope === wanted),
    );
    if (!found) throw notFound('Variable');
    return found;
  };
  router.project('GET', '/variables', 'admin_variable', (call) =>
    page(call.project.variables, variableEntity),
  );
  router.project('GET', '/variables/:key', 'admin_variable', (call) =>
    variableEntity(variableOf(call)),
  );
  router.project('POST', '/variables', 'admin_variable', (call) => {
    const { project, params, world } = call;
    required(params, 'key', 'value');
    const hidden = flag(params, 'masked_and_hidden') ?? false;
    const variable = checked({
      key: must(params, 'key'),
      value: must(params, 'value'),
      protected: flag(params, 'protected') ?? false,
      masked: hidden || (flag(params, 'masked') ?? false),
      hidden,
      raw: flag(params, 'raw') ?? false,
      type: oneOf(params, 'variable_type', ['env_var', 'file'] as const) ?? 'env_var',
      scope: text(params, 'environment_scope') ?? '*',
      description: text(params, 'description') ?? null,
    });
    if (
      project.variables.some((each) => each.key === variable.key && each.scope === variable.scope)
    )
      throw bad({ key: [`(${variable.key}) has already been taken`] });
    project.variables.push(variable);
    world.changed();
    return variableEntity(variable);
  });
  router.project('PUT', '/variables/:key', 'admin_variable', (call) => {
    const { params, world } = call;
    const variable = variableOf(call);
    const changed = checked({
      ...variable,
      value: text(params, 'value') ?? variable.value,
      protected: flag(params, 'protected') ?? variable.protected,
      masked: flag(params, 'masked') ?? variable.masked,
      raw: flag(params, 'raw') ?? variable.raw,
      type: oneOf(params, 'variable_type', ['env_var', 'file'] as const) ?? variable.type,
      scope: text(params, 'environment_scope') ?? variable.scope,
      description: text(params, 'description') ?? variable.description,
    });
    if (variable.hidden && !changed.masked)
      throw bad({
        base: ['The visibility setting cannot be changed for masked and hidden variables.'],
      });
    Object.assign(variable, changed);
    world.changed();
    return variableEntity(variable);
  });
  router.project('DELETE', '/variables/:key', 'admin_variable', (call) => {
    const variable = variableOf(call);
    call.project.variables = call.project.variables.filter((each) => each !== variable);
    call.world.changed();
    return undefined;
  });
}
