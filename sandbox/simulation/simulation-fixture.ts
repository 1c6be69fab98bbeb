import { readFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import type { Configuration } from '../../functions/domain/configuration/configuration';
import { projectRoot } from '../environment';
import { appliedAuthorization } from '../organization/authorization/applied-authorization';
import { loadPolicyTables } from '../organization/authorization/policy-simulation';
import type { ServiceRoleSeed } from '../organization/organization-seed';
import { simulatedConfiguration } from './simulated-configuration';

/** The inputs that all simulations of a process share. */
export interface SimulationFixture {
  readonly configuration: Configuration;
  /** The roles as they are deployed: every call is judged by them. */
  readonly authorization: readonly ServiceRoleSeed[];
  /** The states of the workflow that a function carries out. */
  readonly states: ReadonlySet<string>;
}

/** Synthesizes the app and reads IAM's tables: some seconds, once for any number of simulations. */
export async function makeFixture(): Promise<SimulationFixture> {
  await loadPolicyTables();
  const configuration = simulatedConfiguration();
  const authorization = (await appliedAuthorization(configuration)) ?? [];
  return { configuration, authorization, states: new Set(taskNames()) };
}

const StatesSchema = z.record(
  z.string(),
  z.object({ Type: z.string(), ItemProcessor: z.object({ States: z.record(z.string(), z.unknown()) }).optional() }),
);

function taskNames(): readonly string[] {
  return ['vend-account', 'close-account'].flatMap((name) => {
    const file = path.join(projectRoot, `statemachines/${name}.asl.json`);
    return tasksIn(z.object({ States: z.unknown() }).parse(JSON.parse(readFileSync(file, 'utf8'))).States);
  });
}

/** Those inside a Map included. */
function tasksIn(states: unknown): readonly string[] {
  return Object.entries(StatesSchema.parse(states)).flatMap(([name, { Type, ItemProcessor }]) => [
    ...(Type === 'Task' ? [name] : []),
    ...(ItemProcessor === undefined ? [] : tasksIn(ItemProcessor.States)),
  ]);
}
