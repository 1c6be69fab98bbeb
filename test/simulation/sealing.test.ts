import {
  AttachRolePolicyCommand,
  DeleteRolePermissionsBoundaryCommand,
  DetachRolePolicyCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

import { sealOf } from '../../functions/domain/access/access-role-seal';
import { sealedPolicy } from '../../functions/domain/access/access-role-policies';
import { inProcessRequestHandler } from '../../sandbox/organization/in-process-transport';
import type { RoleReading } from '../../sandbox/organization/role-reader';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import type { LandingZone } from '../../functions/domain/configuration/landing-zone';
import type { Change } from '../functions/domain/examples';
import { provisionedAccount, provisioningConfiguration, managementAccountId } from './provisioning';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

const ACCESS_ROLE = 'MeshstackAccountAccessRole';
const SEALED: Change = ['platform.accessRoleProfile', 'sealed'];
const PROD: Change = ['tenant.spec.landingZoneRef.name', 'aws-prod'];

/** Two landing zones that differ as given; sealed unless they say otherwise. */
function configured(dev: Partial<LandingZone>, prod: Partial<LandingZone>): Configuration {
  const configuration = provisioningConfiguration(SEALED);
  const zone = (name: string, changes: Partial<LandingZone>): Record<string, LandingZone> => {
    const known = configuration.landingZones[name];
    return known === undefined ? {} : { [name]: { ...known, ...changes } };
  };
  return { ...configuration, landingZones: { ...zone('aws-dev', dev), ...zone('aws-prod', prod) } };
}

describe('sealing an account', () => {
  let simulation: SimulatedVending;

  const simulate = (options: SimulationOptions = {}): SimulatedVending => {
    simulation = new SimulatedVending({ configuration: provisioningConfiguration(SEALED), ...options });
    return simulation;
  };

  const vend = async (replicationSequence = 17, changes: readonly Change[] = []): Promise<void> => {
    simulation.sendEvent(['replicationSequence', replicationSequence], ...changes);
    await simulation.settle();
  };

  const lastError = async () => (await simulation.detail()).lastError;

  const accessRole = async (): Promise<RoleReading | undefined> =>
    (await provisionedAccount(simulation)).roles.find(({ name }) => name === ACCESS_ROLE);

  const writesSince = (before: number): readonly string[] =>
    simulation.organization.calls
      .slice(before)
      .filter(({ callerFunction, write }) => callerFunction !== null && write)
      .map(({ operation }) => operation);

  const expectSealed = async (): Promise<void> => {
    expect(await lastError()).toBeNull();
    const { id = '' } = simulation.madeAccounts[0] ?? {};
    const seal = sealOf('aws', id, ACCESS_ROLE);
    const { name, document } = sealedPolicy('aws', id, ACCESS_ROLE, seal);
    expect(await accessRole()).toMatchObject({
      attachedPolicies: [],
      inlinePolicies: [{ name, document: JSON.parse(document) as unknown }],
      permissionsBoundary: { arn: seal.arn, document: JSON.parse(seal.document) as unknown },
    });
  };

  /** IAM as the break-glass operator of the account: with Control Tower's role, entered from the management account. */
  const operator = async (): Promise<IAMClient> => {
    const { id = '' } = simulation.madeAccounts[0] ?? {};
    const transport = { region: 'us-east-1', requestHandler: inProcessRequestHandler(simulation.organization) };
    const credentials = { accessKeyId: managementAccountId, secretAccessKey: 'any' };
    const { Credentials } = await new STSClient({ ...transport, credentials }).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${id}:role/AWSControlTowerExecution`,
        RoleSessionName: 'break-glass',
      }),
    );
    return new IAMClient({
      ...transport,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      },
    });
  };

  /** As docs/iam.md describes it. */
  const openByHand = async (): Promise<void> => {
    const iam = await operator();
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: ACCESS_ROLE }));
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await iam.send(new AttachRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyArn }));
    // Until it is known everywhere.
    setTimeout(() => undefined, 60_000);
    await simulation.settle();
  };

  afterEach(() => {
    simulation.stop();
  });

  it('leaves the access role with what later runs need, under its boundary', async () => {
    simulate();
    await vend();
    await expectSealed();
    expect(simulation.organization.calls.filter(({ outcome }) => outcome.includes('Denied'))).toEqual(
      simulation.organization.calls.filter(({ notYet }) => notYet),
    );
  });

  it('is not done twice: an unchanged desired state writes nothing, waits for nothing and is denied nothing', async () => {
    simulate();
    await vend();
    const { calls } = simulation.organization;
    const before = calls.length;
    const begun = Date.now();
    await vend(18);
    await expectSealed();
    expect(writesSince(before)).toEqual(['Invoke']);
    expect(calls.slice(before).filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
    const { stoppedAt } = simulation.application.workflow.executions.at(-1)?.description ?? {};
    expect((stoppedAt?.getTime() ?? Infinity) - begun).toBeLessThan(5000);
  });

  it('lets later runs put the alias right', async () => {
    simulate();
    await vend();
    const [account] = simulation.madeAccounts;
    if (account !== undefined) account.alias = 'somebody-elses-idea';
    await vend(18);
    await expectSealed();
    expect((await provisionedAccount(simulation)).alias).not.toBe('somebody-elses-idea');
  });

  it.each([
    { by: 'IAM that takes its time', options: { latencies: { iamPropagation: [30, 30] } } },
    { by: 'an access role whose rights are inline', options: { seed: { accessRoleRights: 'inline' } } },
  ] satisfies { by: string; options: SimulationOptions }[])('ends the same by $by', async ({ options }) => {
    simulate(options);
    await vend();
    await expectSealed();
    expect(simulation.retries).toEqual([]);
  });

  it.each(['CreatePolicy', 'PutRolePolicy', 'PutRolePermissionsBoundary', 'DetachRolePolicy'])(
    'ends the same when the answer of %s is lost',
    async (operation) => {
      let left = 1;
      simulate({
        faults: {
          beforeCall: (call) => {
            if (call.operation !== operation || left === 0) return undefined;
            left -= 1;
            return { kind: 'lost-answer' };
          },
        },
      });
      await vend();
      await expectSealed();
      expect(left).toBe(0);
    },
  );

  it("seals an account with the document's minimum that has been there for long", async () => {
    simulate({ configuration: configured({ accessRoleProfile: 'meshstack' }, {}) });
    await vend();
    expect((await accessRole())?.permissionsBoundary).toBeNull();
    await vend(18, [PROD]);
    await expectSealed();
    expect(simulation.retries).toEqual([]);
  });

  describe('is final', () => {
    it.each<{ what: string; prod: Partial<LandingZone>; missing: string }>([
      { what: 'enrolled', prod: { stackSets: [] }, missing: 'AWSControlTowerExecution' },
      {
        what: 'given stack sets',
        prod: { awsEnrollAccount: false },
        missing: 'AWSCloudFormationStackSetExecutionRole',
      },
    ])('for an account that is to be $what later, which is refused before any write', async ({ prod, missing }) => {
      simulate({ configuration: configured({ awsEnrollAccount: false, stackSets: [] }, prod) });
      await vend();
      await expectSealed();
      const before = simulation.organization.calls.length;
      await vend(18, [PROD]);
      expect(writesSince(before)).toEqual([]);
      const detail = await simulation.detail();
      expect(detail.timeline.at(-1)?.state).toBe('OpenAccount');
      expect(detail.lastError).toMatchObject({
        name: 'RejectedError',
        message: expect.stringContaining(`is sealed: ${ACCESS_ROLE} can neither make the role ${missing}`) as string,
        remedy: expect.stringContaining('Opening a sealed account') as string,
      });
    });

    it('unless an operator opens it: then it is provisioned, and sealed again', async () => {
      simulate();
      await vend();
      await openByHand();
      const iam = await operator();
      const RoleName = 'AWSCloudFormationStackSetExecutionRole';
      const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
      const before = simulation.organization.calls.length;
      await vend(18);
      await expectSealed();
      expect(writesSince(before)).toEqual([
        'AttachRolePolicy',
        'Invoke',
        'PutRolePermissionsBoundary',
        'DetachRolePolicy',
      ]);
    });
  });
});
