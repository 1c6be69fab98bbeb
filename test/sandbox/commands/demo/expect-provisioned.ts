import { readFileSync } from 'node:fs';

import { PlanSchema, type VendingPlan } from '../../../../functions/domain/plan/plan';
import { exampleOrganization } from '../../../../sandbox/organization/example-organization';
import type { AccountReading } from '../../../../sandbox/organization/independent-reader';
import type { Stage } from '../../../../sandbox/runtime/stage/stage';

const FINAL_POLICY = new URL('../../../source-document/downgraded-access-role-policy.json', import.meta.url);

/**
 * What an independent reader has found in a vended account is exactly what the plan of its desired state says, and
 * nothing else.
 */
export async function expectProvisioned(
  stage: Pick<Stage, 'callApi'>,
  desiredState: unknown,
  found: AccountReading,
): Promise<void> {
  const { body } = await stage.callApi({
    method: 'POST',
    path: '/vendings',
    query: { dryRun: 'true' },
    body: desiredState,
  });
  const plan = PlanSchema.parse(body);
  const { enrollment, stackSets, landingZoneFunction, account } = plan;
  const { organizationId, managementAccountId, stackSets: known = [] } = exampleOrganization();
  const AccountArn = `arn:aws:organizations::${managementAccountId}:account/${organizationId}/${found.id}`;
  const fromAws = { AccountId: found.id, AccountArn };

  expect(found.provisionedProduct?.status ?? null).toBe(enrollment === null ? null : 'AVAILABLE');
  expect(found.stackInstances).toEqual(
    stackSets.flatMap(({ name, regions, parameters }) => {
      const declared = known.find((stackSet) => stackSet.name === name)?.parameters ?? {};
      const all = Object.entries({ ...parameters, ...fromAws });
      return regions.map((region) => ({
        stackSet: name,
        region,
        status: 'CURRENT',
        detailedStatus: 'SUCCEEDED',
        reason: null,
        parameters: Object.fromEntries(all.filter(([key]) => key in declared)),
      }));
    }),
  );
  expect(found.landingZonePayloads).toEqual(
    landingZoneFunction === null ? [] : [{ ...landingZoneFunction.payload, ...fromAws }],
  );
  expectAccess(plan, found);
  const accessRole = found.roles.find(({ name }) => name === account.accessRole);
  const policy = readFileSync(FINAL_POLICY, 'utf8')
    .replaceAll('{accountId}', found.id)
    .replaceAll('{accessRole}', account.accessRole);
  expect(accessRole?.attachedPolicies).toEqual([]);
  expect(accessRole?.inlinePolicies.map(({ document }) => document)).toEqual([JSON.parse(policy)]);
}

/**
 * Groups, members and permission sets, as far as the directory knows the people; and what Control Tower gives its own
 * groups.
 */
function expectAccess({ groups, enrollment }: VendingPlan, found: AccountReading): void {
  const { identityCenter } = exampleOrganization();
  const known = new Set(identityCenter?.users.map(({ userName }) => userName.toLowerCase()));
  const lowerCase = (names: readonly string[]) => names.map((name) => name.toLowerCase()).toSorted();
  const ours = found.groups.filter(({ name }) => name.startsWith('mst-'));
  expect(ours.map(({ name, members }) => [name, lowerCase(members)])).toEqual(
    groups
      .map(({ name, members }) => [name, lowerCase(members).filter((member) => known.has(member))] as const)
      .toSorted(([one], [other]) => one.localeCompare(other)),
  );
  const planned = groups.flatMap(({ name, permissionSetArns }) => permissionSetArns.map((arn) => `${name}: ${arn}`));
  const controlTower = enrollment === null ? [] : (identityCenter?.controlTowerAssignments ?? []);
  expect(found.assignments.map((one) => `${one.principal ?? ''}: ${one.permissionSetArn}`).toSorted()).toEqual(
    [...planned, ...controlTower.map(({ group, permissionSetArn }) => `${group}: ${permissionSetArn}`)].toSorted(),
  );
}
