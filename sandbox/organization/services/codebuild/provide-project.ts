import * as z from 'zod';
import type { CallContext } from '../operation';
import { projectKey } from './build-state';

const projectProperties = z.object({
  Name: z.string(),
  ServiceRole: z.string(),
  Environment: z.object({
    EnvironmentVariables: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
  }),
});

/** Makes the project of a stack, or changes it. @returns what takes it back; undefined where the name is taken */
export function provideProject(
  { state, principal, region }: CallContext,
  properties: unknown,
  known: boolean,
): (() => void) | undefined {
  const { Name: name, ServiceRole: serviceRole, Environment } = projectProperties.parse(properties);
  const { accountId } = principal;
  const key = projectKey(accountId, region, name);
  const present = state.buildProjects.get(key);
  if (present !== undefined && !known) return undefined;
  const variables = new Map(Environment.EnvironmentVariables.map(({ Name, Value }) => [Name, Value]));
  state.buildProjects.set(key, { accountId, region, name, serviceRole, variables });
  return () => {
    if (present === undefined) state.buildProjects.delete(key);
    else state.buildProjects.set(key, present);
  };
}

export const removeProject = ({ state, principal, region }: CallContext, name: string): void => {
  state.buildProjects.delete(projectKey(principal.accountId, region, name));
};
