import { runMain } from '../../../sandbox/commands/run-main';
import { loadConfiguration } from '../../../infra/config';
import { exampleAuthorization } from '../../../sandbox/organization/authorization/example-authorization';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { tell } from '../outcome';
import type { Finding } from './finding';
import { nameOf, type Permission, permissionsIn } from './permission';
import { play } from './played';
import { remove } from './remove';
import { type Scenario, scenariosFor, withWorkspaceUnits } from './scenario';
import { firstDenied, isUsed } from './use';

const { meshcloudAccountId } = exampleOrganization();
const configuration = withWorkspaceUnits(loadConfiguration('sandbox/config'));
const roles = exampleAuthorization(configuration);

/** `worker.ts PART PARTS`: takes away every PARTS-th permission, and prints what it finds, as one line of JSON. */
async function work(part: number, parts: number): Promise<number> {
  const permissions = permissionsIn(
    roles,
    ({ accountId }, action) => accountId !== meshcloudAccountId || action.startsWith('sts:'),
  );
  const users = await usersOf(permissions);
  const findings: Finding[] = [];
  for (const [index, permission] of permissions.entries()) {
    if (index % parts === part) findings.push(await findingOn(permission, users.get(permission)));
  }
  tell(JSON.stringify(findings));
  return 0;
}

async function findingOn(permission: Permission, scenario: Scenario | undefined): Promise<Finding> {
  return {
    permission: nameOf(permission),
    holder: permission.kind === 'row' ? permission.state : permission.role,
    action: permission.action,
    scenario: scenario?.name ?? null,
    problem: scenario === undefined ? null : await remove(permission, scenario, configuration, roles),
  };
}

/** The first story that uses each permission. Undisturbed, every one of them goes well and is denied nothing. */
async function usersOf(permissions: readonly Permission[]): Promise<ReadonlyMap<Permission, Scenario>> {
  const users = new Map<Permission, Scenario>();
  for (const scenario of scenariosFor(configuration)) {
    const played = await play(scenario, configuration, roles);
    const denied = firstDenied(played)?.deniedAction;
    if (!played.succeeded || denied !== undefined) throw new Error(`${scenario.name}: ${denied ?? 'it fails'}`);
    for (const permission of permissions) {
      if (!users.has(permission) && isUsed(permission, played)) users.set(permission, scenario);
    }
  }
  return users;
}

const [part = '0', parts = '1'] = process.argv.slice(2);
runMain(() => work(Number(part), Number(parts)));
