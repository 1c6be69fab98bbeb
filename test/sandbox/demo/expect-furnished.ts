import { readFileSync } from 'node:fs';

import { PlanSchema } from '../../../functions/domain/plan';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { AccountReading } from '../../../sandbox/organization/independent-reader';
import type { Stage } from '../../../sandbox/stage/stage';

const FINAL_POLICY = new URL('../../source-document/downgraded-access-role-policy.json', import.meta.url);

/** What an independent reader has found in a vended account is exactly what the plan of its desired state says, and nothing else. */
export async function expectFurnished(
  stage: Pick<Stage, 'callApi'>,
  desiredState: unknown,
  found: AccountReading,
): Promise<void> {
  const { body } = await stage.callApi({
    ...{ method: 'POST', path: '/vendings', query: { dryRun: 'true' }, body: desiredState },
  });
  const { enrollment, stackSets, landingZoneFunction, account } = PlanSchema.parse(body);
  const { organizationId, managementAccountId, stackSets: known = [] } = exampleOrganization();
  const AccountArn = `arn:aws:organizations::${managementAccountId}:account/${organizationId}/${found.id}`;
  const fromAws = { AccountId: found.id, AccountArn };

  expect(found.provisionedProduct?.status ?? null).toBe(enrollment === null ? null : 'AVAILABLE');
  expect(found.stackInstances).toEqual(
    stackSets.flatMap(({ name, regions, parameters }) => {
      const declared = known.find((stackSet) => stackSet.name === name)?.parameters ?? {};
      const all = Object.entries({ ...parameters, ...fromAws });
      return regions.map((region) => ({
        ...{ stackSet: name, region, status: 'CURRENT', detailedStatus: 'SUCCEEDED', reason: null },
        parameters: Object.fromEntries(all.filter(([key]) => key in declared)),
      }));
    }),
  );
  expect(found.landingZonePayloads).toEqual(
    landingZoneFunction === null ? [] : [{ ...landingZoneFunction.payload, ...fromAws }],
  );
  const accessRole = found.roles.find(({ name }) => name === account.accessRole);
  const policy = readFileSync(FINAL_POLICY, 'utf8')
    .replaceAll('{accountId}', found.id)
    .replaceAll('{accessRole}', account.accessRole);
  expect(accessRole?.attachedPolicies).toEqual([]);
  expect(accessRole?.inlinePolicies.map(({ document }) => document)).toEqual([JSON.parse(policy)]);
}
