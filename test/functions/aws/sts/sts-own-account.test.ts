import { STSClient } from '@aws-sdk/client-sts';

import { stsOwnAccount } from '../../../../functions/aws/sts/sts-own-account';
import { stsMemberAccess, stsServiceRoles } from '../../../../functions/aws/sts/sts-role-access';
import { RejectedError, TransientError } from '../../../../functions/domain/base/errors';
import { EXAMPLE_EXTERNAL_ID } from '../../../../sandbox/organization/example-organization';
import { expectRejected } from '../../../fakes/expect-rejected';
import { entry, faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

const MESHCLOUD = '111111111111';

describe('the account of the application', () => {
  const asked = ({ organization }: OrganizationWorld): number =>
    organization.calls.filter(({ operation }) => operation === 'GetCallerIdentity').length;

  it('is the one of the functions’ own roles, and is asked for once in a container', async () => {
    const world = new OrganizationWorld();
    const { settings } = world.caller();
    expect(await stsOwnAccount(settings, 'Intake').id()).toBe(MESHCLOUD);
    expect(await stsOwnAccount(settings, 'Intake').id()).toBe(MESHCLOUD);
    expect(asked(world)).toBe(1);
  });

  it('is asked for again after a failure', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('GetCallerIdentity', refusal('Throttling')) });
    const { settings } = world.caller();
    await expect(stsOwnAccount(settings, 'Intake').id()).rejects.toThrow(TransientError);
    expect(await stsOwnAccount(settings, 'Intake').id()).toBe(MESHCLOUD);
  });

  it('is asked for again where the first question is never answered, since its invocation has ended', async () => {
    const world = new OrganizationWorld();
    const { settings } = world.caller();
    const handler = settings.requestHandler as { handle: (...given: unknown[]) => unknown };
    const handle = jest.spyOn(handler, 'handle').mockReturnValueOnce(new Promise(() => undefined));
    void stsOwnAccount(settings, 'GuardAccount').id();
    while (handle.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));

    expect(await stsOwnAccount(settings, 'GuardAccount').id()).toBe(MESHCLOUD);
  });
});

describe('an answer of STS that names no account', () => {
  it('is none: the next question may be answered', async () => {
    const send = jest.spyOn(STSClient.prototype, 'send');
    send.mockReturnValue(Promise.resolve({}) as never);
    try {
      await expect(stsOwnAccount({ region: 'eu-central-1' }, 'Intake').id()).rejects.toThrow('STS does not say');
    } finally {
      send.mockRestore();
    }
  });

  it('says what was asked where it is refused', async () => {
    const faults = faultsFor('GetCallerIdentity', refusal('AccessDenied', 403));
    const { settings } = new OrganizationWorld({ faults }).caller();
    await expectRejected(
      stsOwnAccount(settings, 'Intake').id(),
      'ask STS for the account of this application (AccessDenied',
      'policies',
    );
  });
});

describe('whether a service role lets us in', () => {
  const ROLE = 'arn:aws:iam::222222222222:role/MeshfedServiceRole-Read';
  const asked = (world: OrganizationWorld) =>
    world.callsOf('AssumeRole').map(({ input }) => (input as { ExternalId?: string }).ExternalId);

  it('is tried each time again, with the ExternalId that was agreed or without one', async () => {
    const world = new OrganizationWorld();
    const roles = stsServiceRoles(world.caller());
    expect([await roles.canEnter(ROLE, 'agreed'), await roles.canEnter(ROLE, 'agreed')]).toEqual([true, true]);
    expect(await roles.canEnter(ROLE, 'none')).toBe(false);
    expect(asked(world)).toEqual([EXAMPLE_EXTERNAL_ID, EXAMPLE_EXTERNAL_ID, undefined]);
  });

  it('is no where it asks for another ExternalId, after the secret was read again', async () => {
    const world = new OrganizationWorld({ externalIds: ['wrong', 'wrong-too'] });
    expect(await stsServiceRoles(world.caller()).canEnter(ROLE, 'agreed')).toBe(false);
    expect(world.secretReads).toEqual([false, true]);
  });

  it.each(['agreed', 'none'] as const)('is not told by a fault that passes: %s', async (externalId) => {
    const world = new OrganizationWorld({ faults: faultsFor('AssumeRole', refusal('Throttling')) });
    await expect(stsServiceRoles(world.caller()).canEnter(ROLE, externalId)).rejects.toMatchObject({
      name: 'TransientError',
      message: expect.stringContaining(`assume ${ROLE}`) as unknown,
    });
  });

  it('is not told where the ExternalId cannot be read', async () => {
    const absent = new RejectedError('There is no such secret.', 'Deploy VendingStack.');
    const secrets = { externalId: () => Promise.reject(absent), scimAccessToken: () => Promise.resolve('') };
    await expect(stsServiceRoles(new OrganizationWorld().caller({ secrets })).canEnter(ROLE, 'agreed')).rejects.toBe(
      absent,
    );
  });

  it('is not told by a refusal that is not about the role', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('AssumeRole', refusal('ValidationError')) });
    await expectRejected(stsServiceRoles(world.caller()).canEnter(ROLE, 'agreed'), 'ValidationError', 'Change what');
  });
});

describe('whether a member account lets us in', () => {
  it('is yes by its access role, and no by another one', async () => {
    const access = stsMemberAccess(new OrganizationWorld().caller());
    expect([await access.canEnter(entry), await access.canEnter({ ...entry, accessRole: 'Absent' })]).toEqual([
      true,
      false,
    ]);
  });

  it('is not told by a refusal that is not about its role, and says what was tried', async () => {
    const calls: string[] = [];
    const faults = {
      beforeCall: ({ operation }: { readonly operation: string }) => {
        calls.push(operation);
        return calls.length === 2 ? refusal('ValidationError') : undefined;
      },
    };
    const call = stsMemberAccess(new OrganizationWorld({ faults }).caller()).canEnter(entry);
    await expectRejected(call, `assume ${entry.accessRole} in account ${MEMBER} (ValidationError`, 'Change what');
  });
});
