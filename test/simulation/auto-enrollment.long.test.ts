import path from 'node:path';

import { ACCOUNT_FACTORY_ACTIONS } from '../../functions/aws/permissions/shared-actions';
import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../../sandbox/environment';
import { TENANT_TAG_KEY } from '../../functions/domain/plan/plan';
import { readOrders } from '../../sandbox/commands/demo/order';
import { reportOn } from '../../sandbox/commands/demo/report';
import { vend } from '../../sandbox/commands/demo/vend';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { embeddedStage } from '../../sandbox/runtime/stage/embedded-stage';
import { unusedPermissions } from '../docs/unused-permissions';
import type { Change } from '../functions/domain/examples';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

const configuration = loadConfiguration(path.join(projectRoot, 'sandbox', 'config-auto-enroll'));
const { controlTower } = exampleOrganization({ configuration });

const tenants = [1, 2, 3].map((n) => ({
  uuid: `7d0c1b1e-0000-4000-8000-00000000000${n}`,
  project: `shop-${n}`,
}));

const desired = (n: number, landingZone: string, sequence: number): readonly Change[] => [
  ['replicationSequence', sequence],
  ['tenant.metadata.uuid', tenants[n]?.uuid],
  ['tenant.metadata.ownedByProject', tenants[n]?.project],
  ['project.metadata.name', tenants[n]?.project],
  ['tenantPlatformNumber', 40 + n],
  ['tenant.spec.landingZoneRef.name', landingZone],
];

describe('with a Control Tower that enrolls what is moved', () => {
  let simulated: SimulatedVending;

  const begin = (options: SimulationOptions = {}) => {
    simulated = new SimulatedVending({
      configuration,
      ...(controlTower === undefined ? {} : { seed: { controlTower } }),
      ...options,
    });
  };

  afterEach(() => {
    simulated.stop();
  });

  const accountOf = (n: number) =>
    [...simulated.organization.state.accounts.values()].find(
      ({ tags }) => tags.get(TENANT_TAG_KEY) === tenants[n]?.uuid,
    );
  const baselineOf = (n: number) => simulated.organization.state.inheritedBaselines.get(accountOf(n)?.id ?? '');
  const statusOf = async (n: number) => (await simulated.detail(tenants[n]?.uuid)).status;

  it('enrolls accounts of one unit one after the other, and follows them to another unit and out', async () => {
    begin();
    for (const n of [0, 1, 2]) simulated.sendEvent(...desired(n, 'aws-dev', 1));
    await simulated.settle();
    expect(await Promise.all([0, 1, 2].map(statusOf))).toEqual(['VENDED', 'VENDED', 'VENDED']);
    expect([0, 1, 2].map(baselineOf)).toMatchObject(Array(3).fill({ unitId: 'ou-ab12-cdefgh34', status: 'SUCCEEDED' }));

    simulated.sendEvent(...desired(0, 'aws-prod', 2));
    simulated.sendEvent(...desired(1, 'aws-sandbox', 2));
    await simulated.settle();
    expect(await Promise.all([0, 1].map(statusOf))).toEqual(['VENDED', 'VENDED']);
    expect(baselineOf(0)).toEqual({ unitId: 'ou-ab12-prod0001', status: 'SUCCEEDED' });
    expect(baselineOf(1)).toBeUndefined();
    expect(accountOf(1)?.parentId).toBe('ou-ab12-legacy01');
  });

  it('says what Control Tower has failed at', async () => {
    begin({ faults: { autoEnrollment: () => true } });
    simulated.sendEvent(...desired(0, 'aws-dev', 1));
    await simulated.settle();
    const { status, lastError } = await simulated.detail(tenants[0]?.uuid);
    expect([status, lastError?.name]).toEqual(['FAILED', 'RejectedError']);
  });
});

describe('the examples of the demo, where Control Tower enrolls what is moved', () => {
  it('are vended, and leave unused in addition what only the Account Factory takes', async () => {
    const stage = await embeddedStage(configuration, 4711);
    try {
      const { vendings, authorization } = await reportOn(stage, await vend(stage, readOrders([]), () => undefined));
      expect(vendings.map(({ status }) => status)).toEqual(['VENDED', 'VENDED']);
      expect(authorization).toMatchObject({ enforced: true, denied: 0 });
      const explained = new Set(unusedPermissions().map(({ holder, action }) => `${holder}: ${action}`));
      const ofFactory = [
        ...ACCOUNT_FACTORY_ACTIONS.map((action) => `MeshfedServiceRole-ControlTower: ${action}`),
        'MeshfedServiceRole-Arrange: servicecatalog:SearchProvisionedProducts',
        'MeshfedServiceRole-ControlTower: organizations:DescribeAccount',
        'MeshfedServiceRole-ControlTower: organizations:DescribeOrganizationalUnit',
        'MeshfedServiceRole-ControlTower: servicecatalog:SearchProvisionedProducts',
        'MeshfedServiceRole-Read: servicecatalog:DescribeRecord',
        ...['ListBaselines', 'ListEnabledBaselines'].map((name) => `MeshfedServiceRole-Arrange: controltower:${name}`),
        // Nobody is made administrator by the Account Factory, so that is taken from nobody.
        'MeshfedServiceRole-IdentityCenter: sso:DeleteAccountAssignment',
        'MeshfedServiceRole-IdentityCenter: sso:DescribeAccountAssignmentDeletionStatus',
        // What is asked where nothing is governed yet: there the move comes first.
        ...['Arrange', 'Read'].flatMap((ofClass) =>
          ['ListEnabledControls', 'ListLandingZones', 'GetLandingZone'].map(
            (name) => `MeshfedServiceRole-${ofClass}: controltower:${name}`,
          ),
        ),
      ];
      const unused = authorization.unusedActions.map(({ role, action }) => `${role}: ${action}`);
      expect(unused.filter((one) => !explained.has(one)).toSorted()).toEqual(
        ofFactory.filter((one) => !explained.has(one)).toSorted(),
      );
    } finally {
      await stage.stop();
    }
  });
});
