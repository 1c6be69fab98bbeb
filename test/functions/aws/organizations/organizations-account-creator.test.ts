import { organizationsAccountCreator } from '../../../../functions/aws/organizations/organizations-account-creator';
import { RejectedError, TransientError } from '../../../../functions/domain/base/errors';
import type { CreationDelay } from '../../../../functions/ports/organizations';
import { faultsFor, OrganizationWorld, refusal } from '../organization-world';

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

  it.each<{ what: string; fault: Parameters<typeof faultsFor>[1]; nothingDone: boolean }>([
    { what: 'a throttle', fault: refusal('TooManyRequestsException'), nothingDone: true },
    { what: 'a conflict', fault: refusal('ConcurrentModificationException'), nothingDone: true },
    { what: 'a fault of AWS', fault: refusal('ServiceException', 500), nothingDone: false },
    { what: 'an unnamed fault', fault: refusal('Odd', 503), nothingDone: false },
    { what: 'a reset connection', fault: { kind: 'connection-reset' }, nothingDone: false },
    { what: 'a lost answer', fault: { kind: 'lost-answer' }, nothingDone: false },
  ])('calls once and no more: after $what the caller decides', async ({ fault, nothingDone }) => {
    const world = new OrganizationWorld({ faults: faultsFor('CreateAccount', fault) });
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

  const constraint = (Reason: string) => refusal('ConstraintViolationException', 400, { Reason });

  it.each<{ readonly code: string; readonly reason?: string; readonly remedy: string }>([
    { code: 'ConstraintViolationException', reason: 'ACCOUNT_NUMBER_LIMIT_EXCEEDED', remedy: 'Service Quotas' },
    { code: 'ConstraintViolationException', reason: 'ACCOUNT_CREATION_NOT_COMPLETE', remedy: 'sign-up' },
    { code: 'ConstraintViolationException', reason: 'WAIT_PERIOD_ACTIVE', remedy: 'four days' },
    { code: 'ConstraintViolationException', reason: 'MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED', remedy: 'GovCloud' },
    { code: 'ConstraintViolationException', reason: 'MASTER_ACCOUNT_MISSING_CONTACT_INFO', remedy: 'Account page' },
    { code: 'ConstraintViolationException', reason: 'MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED', remedy: 'Billing' },
    { code: 'ConstraintViolationException', reason: 'TAG_POLICY_VIOLATION', remedy: 'tag policies' },
    { code: 'ConstraintViolationException', reason: 'MAX_TAG_LIMIT_EXCEEDED', remedy: 'adds tags' },
    { code: 'ConstraintViolationException', reason: 'A_REASON_OF_2027', remedy: 'what AWS names in the message' },
    { code: 'InvalidInputException', reason: 'INVALID_ROLE_NAME', remedy: 'what AWS names in the message' },
    { code: 'InvalidInputException', reason: 'DUPLICATE_TAG_KEY', remedy: 'what AWS names in the message' },
    { code: 'AccessDeniedException', remedy: 'its policies allow this call' },
    { code: 'AWSOrganizationsNotInUseException', remedy: 'organizationRootAccountRole in platform.json' },
    { code: 'UnsupportedAPIEndpointException', remedy: 'names the partition' },
  ])('is refused for good, with a remedy of its own: $code $reason', async ({ code, reason, remedy }) => {
    const fields = reason === undefined ? {} : { Reason: reason };
    const world = new OrganizationWorld({ faults: faultsFor('CreateAccount', refusal(code, 400, fields)) });
    const expected = 'AWS refused to create account "retail.webshop-dev" with e-mail aws+new@corp.example';
    const error: unknown = await creatorIn(world)
      .requestAccount(request())
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RejectedError);
    expect((error as RejectedError).reason).toContain(expected);
    expect((error as RejectedError).remedy).toContain(remedy);
    expect((error as RejectedError).remedy).toMatch(/replay this run\.$/u);
    expect(world.callsOf('CreateAccount')).toHaveLength(1);
  });

  it.each([
    { fault: refusal('FinalizingOrganizationException'), waitSeconds: 300, giveUpAfterSeconds: 3 * 3600 },
    { fault: constraint('ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED'), waitSeconds: 1800, giveUpAfterSeconds: 26 * 3600 },
  ])('is told to come later where AWS takes requests again by itself: $fault.code', async ({ fault, ...waits }) => {
    const world = new OrganizationWorld({ faults: faultsFor('CreateAccount', fault) });
    const answer = await creatorIn(world).requestAccount(request());
    expect(answer).toMatchObject({ state: 'DELAYED', ...waits });
    expect((answer as CreationDelay).remedy).toMatch(/replay this run\.$/u);
    expect(world.organization.state.creations.size).toBe(0);
  });

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
