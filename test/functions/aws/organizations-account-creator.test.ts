import { organizationsAccountCreator } from '../../../functions/aws/organizations-account-creator';
import { RejectedError, TransientError } from '../../../functions/domain/errors';
import type { FaultInjector } from '../../../sandbox/organization/fault-injector';
import { expectRejected } from '../../fakes/expect-rejected';
import { faultsFor, OrganizationWorld, refusal } from './organization-world';

const request = (email = 'aws+new@corp.example') => ({
  name: 'retail.webshop-dev',
  email,
  roleName: 'MeshstackAccountAccessRole',
  tags: { 'account-vending:tenant-uuid': '7d0c1b1e-0000-4000-8000-000000000001' },
});

const creatorIn = (world: OrganizationWorld) =>
  organizationsAccountCreator(world.caller({ functionName: 'CreateAccount' }));

describe('asking AWS Organizations for an account', () => {
  it('hands over what was asked, and gives the request in our words', async () => {
    const world = new OrganizationWorld();
    const answer = await creatorIn(world).requestAccount(request());
    expect(answer).toEqual({
      id: expect.stringMatching(/^car-/) as string,
      state: 'IN_PROGRESS',
      accountName: 'retail.webshop-dev',
      accountId: null,
      requestedAt: expect.any(Date) as Date,
      failureReason: null,
    });
    world.pass(60);
    const made = [...world.organization.state.accounts.values()].find(({ email }) => email === 'aws+new@corp.example');
    expect(made).toMatchObject({ name: 'retail.webshop-dev', parentId: 'r-ab12' });
    expect(made?.roles.has('MeshstackAccountAccessRole')).toBe(true);
    expect(Object.fromEntries(made?.tags ?? [])).toEqual(request().tags);
  });

  it.each<{ what: string; faults: FaultInjector; nothingDone: boolean }>([
    { what: 'a throttle', faults: faultsFor('CreateAccount', refusal('TooManyRequestsException')), nothingDone: true },
    {
      what: 'a conflict',
      faults: faultsFor('CreateAccount', refusal('ConcurrentModificationException')),
      nothingDone: true,
    },
    {
      what: 'a young organization',
      faults: faultsFor('CreateAccount', refusal('FinalizingOrganizationException')),
      nothingDone: true,
    },
    {
      what: 'a fault of AWS',
      faults: faultsFor('CreateAccount', refusal('ServiceException', 500)),
      nothingDone: false,
    },
    { what: 'an unnamed fault', faults: faultsFor('CreateAccount', refusal('Odd', 503)), nothingDone: false },
    {
      what: 'a reset connection',
      faults: faultsFor('CreateAccount', { kind: 'connection-reset' }),
      nothingDone: false,
    },
    { what: 'a lost answer', faults: faultsFor('CreateAccount', { kind: 'lost-answer' }), nothingDone: false },
  ])('calls once and no more: after $what the caller decides', async ({ faults, nothingDone }) => {
    const world = new OrganizationWorld({ faults });
    const error: unknown = await creatorIn(world)
      .requestAccount(request())
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TransientError);
    expect((error as TransientError).nothingDone).toBe(nothingDone);
    expect(world.callsOf('CreateAccount')).toHaveLength(1);
  });

  it('is turned away by the rate of AWS, with nothing done', async () => {
    const world = new OrganizationWorld();
    const creator = creatorIn(world);
    for (const number of [1, 2, 3]) await creator.requestAccount(request(`aws+${number}@corp.example`));
    await expect(creator.requestAccount(request('aws+4@corp.example'))).rejects.toMatchObject({
      name: 'TransientError',
      nothingDone: true,
    });
  });

  it.each(['ConstraintViolationException', 'InvalidInputException', 'AccessDeniedException'])(
    'is refused for good by %s, with the name of the account and a remedy',
    async (code) => {
      const world = new OrganizationWorld({ faults: faultsFor('CreateAccount', refusal(code)) });
      await expectRejected(
        creatorIn(world).requestAccount(request()),
        `AWS refused to create account "retail.webshop-dev" with e-mail aws+new@corp.example (${code}`,
        'replay this vending',
      );
    },
  );

  it('is refused where AWS refuses its role name', async () => {
    const world = new OrganizationWorld();
    const wrong = { ...request(), roleName: 'AWSServiceRoleForNothing' };
    await expect(creatorIn(world).requestAccount(wrong)).rejects.toBeInstanceOf(RejectedError);
    expect(world.organization.state.creations.size).toBe(0);
  });

  it('has done nothing when it could not even assume its role', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('AssumeRole', refusal('Throttling')) });
    await expect(creatorIn(world).requestAccount(request())).rejects.toMatchObject({ nothingDone: true });
    expect(world.callsOf('CreateAccount')).toEqual([]);
  });
});
