import path from 'node:path';

import type { Configuration } from '../../functions/domain/configuration/configuration';
import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../../sandbox/environment';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { Change } from '../functions/domain/examples';
import { SimulatedVending } from './simulated-vending';

/** The automation account administers IAM Identity Center as well. */
const DELEGATED = '333333333333';
const MANAGEMENT = '222222222222';
const identityCenterRole = `arn:aws:iam::${DELEGATED}:role/MeshfedIdentityCenterRole`;

const delegating = (): Configuration => {
  const configuration = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
  return { ...configuration, platform: { ...configuration.platform, identityCenterRole } };
};
const { identityCenter } = exampleOrganization();
const registered = identityCenter === undefined ? {} : { ...identityCenter, delegatedAdministratorId: DELEGATED };

describe('a delegated administrator account of IAM Identity Center', () => {
  let simulation: SimulatedVending;
  afterEach(() => {
    simulation.stop();
  });

  const begin = (seed: object) => {
    simulation = new SimulatedVending({ configuration: delegating(), seed });
    return simulation;
  };
  const callersOf = (operation: RegExp) => [
    ...new Set(
      simulation.organization.calls
        .filter((call) => operation.test(call.operation))
        .map(({ operation: name, principal }) => `${name} ${principal?.accountId ?? ''}`),
    ),
  ];
  const deletion: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];

  it('has the groups and assignments; what the Account Factory gave goes by the management account', async () => {
    begin({ identityCenter: registered }).sendEvent();
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', lastError: null });
    expect(callersOf(/^Create(?:Group|GroupMembership|AccountAssignment)$/u).toSorted()).toEqual([
      `CreateAccountAssignment ${DELEGATED}`,
      `CreateGroup ${DELEGATED}`,
      `CreateGroupMembership ${DELEGATED}`,
    ]);
    expect(callersOf(/^DeleteAccountAssignment$/u)).toEqual([`DeleteAccountAssignment ${MANAGEMENT}`]);

    simulation.sendEvent(['replicationSequence', 18], deletion);
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED', lastError: null });
    expect(callersOf(/^DeleteGroup$/u)).toEqual([`DeleteGroup ${DELEGATED}`]);
  });

  it('is named by the run that fails where it is not registered', async () => {
    begin({}).sendEvent();
    await simulation.settle();

    const { status, lastError: error } = await simulation.detail();
    expect([status, error?.name]).toEqual(['FAILED', 'RejectedError']);
    expect(error?.message).toContain('AccessDenied');
  });
});
