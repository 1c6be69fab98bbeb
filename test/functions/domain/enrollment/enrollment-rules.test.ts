import {
  cannotBeEnrolled,
  enrollmentObstacles,
  enrollmentRemedy,
} from '../../../../functions/domain/enrollment/enrollment-obstacles';
import {
  adopted,
  isTermination,
  nextEnrollment,
  tokenOf,
  withoutPlace,
} from '../../../../functions/domain/enrollment/enrollment-operation';
import { factoryRefusal, serviceIntegrationAccount } from '../../../../functions/domain/enrollment/factory-decision';
import { unitArnBeside } from '../../../../functions/domain/enrollment/governance';
import {
  chosenProduct,
  isHealthy,
  type ListedProduct,
  type ProductStatus,
  staleProducts,
} from '../../../../functions/domain/enrollment/provisioned-products';
import {
  governedDestination,
  isOutsideControlTower,
  unmanageByHand,
} from '../../../../functions/domain/enrollment/withdrawal';
import type { Enrollment } from '../../../../functions/domain/records/account-records';
import { account, after, NOW, vending } from '../../../fakes/vending';
import { fits, says } from '../says';

const UNIT = 'ou-ab12-cdefgh34';
const target = { accountId: account.id, unitId: UNIT };
const last = (changes: Partial<Enrollment> = {}): Enrollment => ({
  phase: 'asked',
  kind: 'provision',
  attempt: 3,
  recordId: null,
  requestHash: 'h',
  productName: 'p',
  askedAt: NOW.toISOString(),
  busySince: null,
  hasPaused: true,
  failures: 2,
  ...changes,
});
const context = (enrollment: Enrollment | null, at = 5) => vending({ tenant: { account, enrollment }, at });

describe('what keeps an account from being enrolled', () => {
  const setup = { region: 'eu-central-1', hasSts: true, recorders: [], deliveryChannels: [] };

  it('is what others have set up in a region, and STS that is off', () => {
    expect(enrollmentObstacles([setup])).toStrictEqual([]);
    expect(
      enrollmentObstacles([
        {
          ...setup,
          recorders: ['default', 'aws-controltower-Recorder'],
          deliveryChannels: ['aws-controltower-Channel', 'mine'],
        },
        { ...setup, region: 'eu-west-1', hasSts: false },
        // Control Tower itself turns it on there.
        { ...setup, region: 'eu-south-1', hasSts: false },
        { ...setup, recorders: ['my-aws-controltower-'] },
      ]),
    ).toStrictEqual([
      'a configuration recorder "default" in eu-central-1',
      'a delivery channel "mine" in eu-central-1',
      'that STS is not active in eu-west-1',
      'a configuration recorder "my-aws-controltower-" in eu-central-1',
    ]);
  });

  it('is told with what to do', () => {
    const error = cannotBeEnrolled(account, ['one', 'two']);
    expect(error.reason).toBe(
      'tenant.spec.platformTenantId is 444444444444 ("retail.webshop-dev"), which Control Tower will not enroll because of one, two.',
    );
    expect(error.remedy).toMatch(
      /^In the account, delete recorders .*delete-delivery-channel, .*replay this run\. An account that has to keep them can be enrolled by registering/,
    );
  });

  it.each([
    [
      'Delete the existing delivery channel',
      'Delete the recorder and the delivery channel of AWS Config in account 444444444444, in each region that Control Tower governs (aws configservice stop-configuration-recorder',
    ],
    [
      'a configuration recorder in eu-west-1 and us-east-1, eu-west-1',
      'of AWS Config in account 444444444444, in eu-west-1, us-east-1 (aws',
    ],
    ['config recorder', 'Delete the recorder'],
    ['STS is disabled in eu-west-1', 'Activate STS in account 444444444444, in eu-west-1 (IAM, Account settings)'],
    ['security token service', 'Activate STS'],
    [
      'The OU is not registered',
      `choose "Register organizational unit": the OU ${UNIT} has to be registered with Control Tower`,
    ],
    ['organizational unit is unregistered', 'Register organizational unit'],
    ['OU x is not enrolled', 'Register organizational unit'],
    [
      'a service control policy',
      `Find the service control policy that keeps Control Tower from account 444444444444, on the OU ${UNIT} and all above it, and exempt the role`,
    ],
    ['an SCP', 'Find the service control policy'],
    ['with an explicit deny', 'Find the service control policy'],
    [
      'AWSControlTowerExecution is missing',
      'Give account 444444444444 the role AWSControlTowerExecution, with AdministratorAccess and trust in',
    ],
    [
      'SNS topic in eu-west-1',
      'Delete the SNS topic in account 444444444444 that has a name which Control Tower needs, in eu-west-1',
    ],
    ['the quota', `Ask AWS to raise the quota that is named (Service Quotas), or make room in the OU ${UNIT}`],
    ['a limit', 'Ask AWS to raise the quota'],
    ['the maximum number', 'Ask AWS to raise the quota'],
    ['your landing zone', 'Update or reset the landing zone in the Control Tower console (Landing zone settings)'],
  ])('of "%s" a person is told: %s', (error, remedy) => {
    expect(enrollmentRemedy(error, target)).toContain(remedy);
    expect(enrollmentRemedy(error, target)).toMatch(/[^.]; then replay this run\.$/);
  });

  it.each([null, '', 'something else', 'HISTSX', 'MYSCPX', 'SNSX'])('of %j a person is told to look', (error) => {
    expect(enrollmentRemedy(error, target)).toBe(
      `Look at account 444444444444 in the Control Tower console (Organization), remove what stands in its way there, see that the OU ${UNIT} is registered with Control Tower, and replay this run.`,
    );
  });
});

describe('an operation of the Account Factory', () => {
  it.each([
    [last({ kind: 'terminate' }), true],
    [last({ kind: 'terminate', phase: 'waiting' }), true],
    [last({ kind: 'terminate', phase: 'ended' }), false],
    [last(), false],
    [null, false],
  ])('is a termination that goes on: %#', (enrollment, expected) => {
    expect(isTermination(enrollment)).toBe(expected);
  });

  it('is asked for once more under its number where nobody has answered', () => {
    expect(nextEnrollment(context(last()), 'provision', 'h')).toEqual(
      last({ askedAt: after(5).toISOString(), hasPaused: false, productName: tokenOf(context(null), 3) }),
    );
    expect(nextEnrollment(context(last({ phase: 'waiting' })), 'provision', 'h').attempt).toBe(3);
  });

  it.each([
    ['it has ended', last({ phase: 'ended' })],
    ['it was accepted', last({ recordId: 'rec' })],
    ['something else was asked for', last({ kind: 'update' })],
    ['it was asked for otherwise', last({ requestHash: 'other' })],
  ])('has the next number where %s', (_, before) => {
    expect(nextEnrollment(context(before), 'provision', 'h')).toMatchObject({
      attempt: 4,
      recordId: null,
      phase: 'asked',
    });
  });

  it('names a product where it makes one', () => {
    expect(nextEnrollment(context(last()), 'update', 'h').productName).toBe('p');
    expect(nextEnrollment(context(null), 'update', 'h')).toMatchObject({
      productName: null,
      attempt: 1,
      failures: 0,
      busySince: null,
    });
    expect(nextEnrollment(context(null), 'provision', 'h').productName).toBe(
      'retail-webshop-dev-444444444444-7d0c1b1e-1',
    );
  });

  it.each([
    ['retail.webshop', 'retail-webshop-'],
    ['--äretail', 'retail-'],
    ['ä', ''],
    ['a_b c', 'a-b-c-'],
  ])('has a name that is readable and that AWS takes: %s', (name, readable) => {
    const named = vending({ tenant: { account: { ...account, name } } });
    expect(tokenOf(named, 7)).toBe(`${readable}444444444444-7d0c1b1e-7`);
  });

  it('waits since it first found no place', () => {
    const waiting = withoutPlace(last(), context(null));
    expect(waiting).toEqual(last({ phase: 'waiting', busySince: after(5).toISOString() }));
    expect(withoutPlace(waiting, context(null, 50)).busySince).toBe(after(5).toISOString());
  });

  it('of somebody else is looked at, or waited for where nobody knows it', () => {
    expect(adopted(context(last({ recordId: 'rec' })), 'rec')).toMatchObject({
      phase: 'asked',
      requestHash: 'h',
      hasPaused: false,
    });
    expect(adopted(context(last({ recordId: 'rec' })), 'other')).toMatchObject({
      recordId: 'other',
      requestHash: null,
    });
    expect(adopted(context(last({ recordId: 'rec' })), null)).toMatchObject({
      phase: 'waiting',
      recordId: null,
      requestHash: 'h',
      busySince: after(5).toISOString(),
    });
    expect(adopted(context(null), 'rec')).toMatchObject({ phase: 'asked', kind: 'update', attempt: 0 });
  });
});

const product = (changes: Partial<ProductStatus> = {}): ProductStatus => ({
  id: 'pp-2',
  name: 'theirs',
  status: 'ERROR',
  hasSucceeded: false,
  ...changes,
});

describe('the product of an account', () => {
  it.each([
    ['AVAILABLE', false, true],
    ['TAINTED', true, true],
    ['ERROR', true, true],
    ['ERROR', false, false],
    ['TAINTED', false, false],
  ] as const)('that is %s, and has succeeded: %s, is healthy: %s', (status, hasSucceeded, expected) => {
    expect(isHealthy(product({ status, hasSucceeded }))).toBe(expected);
  });

  const ours = product({ id: 'pp-3', name: 'ours' });
  const healthy = product({ id: 'pp-4', status: 'AVAILABLE' });
  const changing = product({ id: 'pp-5', status: 'UNDER_CHANGE' });
  const first = product({ id: 'pp-1' });

  it.each([
    ['none of none', [], undefined],
    ['the one that is being changed', [healthy, ours, changing], changing],
    ['the healthy one', [ours, healthy, first], healthy],
    ['our own', [first, ours], ours],
    ['the first', [product(), first], first],
  ])('is %s', (_, products, expected) => {
    expect(chosenProduct(account.id, products, 'ours')).toBe(expected);
    expect(chosenProduct(account.id, products.toReversed(), 'ours')).toBe(expected);
  });

  it('is nobody knows which where two are healthy', () => {
    const two = [healthy, product({ id: 'pp-0', name: 'other', status: 'AVAILABLE' })];
    expect(() => chosenProduct(account.id, two, null)).toThrow(
      'Account 444444444444 has 2 healthy provisioned products: other (pp-0) and theirs (pp-4). One account has one. Find out in the Service Catalog console which one manages the account, and ask',
    );
    expect(() => chosenProduct(account.id, two, null)).toThrow(/would unenroll the account\. Then replay this run\.$/);
  });

  const listed = (changes: Partial<ListedProduct>): ListedProduct => ({
    name: 'n',
    status: 'AVAILABLE',
    accountId: 'open',
    hasSucceeded: true,
    createdAt: NOW,
    ...changes,
  });
  const HOUR = 3600;

  it.each<[string, Partial<ListedProduct>, number, string | null]>([
    ['stands for an open account', {}, 2 * HOUR, null],
    ['stands for an account that has gone', { accountId: 'gone' }, 2 * HOUR, 'left-behind'],
    ['stands for one that may not be shown yet', { accountId: 'gone' }, HOUR - 1, null],
    ['stands for one that has been young for an hour', { accountId: 'gone' }, HOUR, 'left-behind'],
    ['stands for one that is gone, of unknown age', { accountId: 'gone', createdAt: null }, 0, 'left-behind'],
    ['is being worked on', { accountId: 'gone', status: 'UNDER_CHANGE' }, 2 * HOUR, null],
    ['has never succeeded', { hasSucceeded: false, status: 'ERROR' }, 0, 'never-succeeded'],
    ['does not know its account', { accountId: null, hasSucceeded: false }, 2 * HOUR, 'never-succeeded'],
    ['knows no account, and has succeeded', { accountId: null }, 2 * HOUR, null],
    ['has failed', { status: 'ERROR' }, 0, 'failed'],
    ['is tainted', { status: 'TAINTED' }, 0, 'failed'],
  ])('is stale where it %s', (_, changes, seconds, why) => {
    const one = listed(changes);
    expect(staleProducts([one], new Set(['open']), after(seconds))).toStrictEqual(
      why === null ? [] : [{ product: one, why }],
    );
  });
});

describe('what only a person can do', () => {
  it.each([
    [
      'shared',
      'Account 444444444444 is a service integration account of Control Tower',
      'Give the tenant another account',
    ],
    [
      'unmovable',
      `Control Tower governs account 444444444444 outside ${UNIT}, and the account has no healthy`,
      `In the console of Control Tower move the account to ${UNIT} and choose "Update account", or re-register`,
    ],
    [
      'doubtful',
      'The provisioned product theirs of account 444444444444 never succeeded',
      'Look at the account in the console of Control Tower.',
    ],
  ] as const)('is told where an enrollment is %s', (refusal, reason, remedy) => {
    const error = factoryRefusal(refusal, { ...target, product: product() });
    expect(error.reason).toContain(reason);
    expect(error.remedy).toContain(remedy);
  });

  it('is told whole', () => {
    expect(factoryRefusal('shared', { ...target, product: undefined }).message).toBe(
      serviceIntegrationAccount(account.id).message,
    );
    expect(factoryRefusal('unmovable', { ...target, product: undefined }).remedy).toMatch(
      /gives the account a product; then replay this run\. Moved by us, it would be drift\.$/,
    );
    const doubtful = factoryRefusal('doubtful', { ...target, product: undefined });
    expect(doubtful.reason).toMatch(
      /^The provisioned product {2}of account .* may govern the account\. Terminating the product could unenroll it\.$/,
    );
    expect(doubtful.remedy).toMatch(
      /terminate that product in the Service Catalog console; where it is, choose "Update account"\. Then replay this run\.$/,
    );
  });

  it.each([
    [undefined, 'it was not closed'],
    [true, 'it was not closed'],
    [false, 'it stays as it is'],
  ])('is to unmanage the account; it closes: %s', (closes, said) => {
    const error = closes === undefined ? unmanageByHand(account.id) : unmanageByHand(account.id, closes);
    expect(error.reason).toBe(
      `Control Tower governs account 444444444444, and there is no provisioned product by which it could be unenrolled: ${said}.`,
    );
    expect(error.remedy).toEqual(
      fits(/"Unmanage"; or turn automatic enrollment .* settings of the landing zone\. Then replay this run\.$/),
    );
  });

  it('is to name a unit outside of Control Tower', () => {
    const error = governedDestination(UNIT);
    expect(error.reason).toEqual(
      says(`The organizational unit ${UNIT} (suspendedOrgUnitId) is governed by Control Tower`),
    );
    expect(error.remedy).toEqual(
      fits(
        /^Set enrollmentConfiguration\.suspendedOrgUnitId .* or leave it out, which means the root; deploy VendingStack, and replay/,
      ),
    );
  });

  it.each([
    ['absent', true],
    ['untold', true],
    ['registered', false],
    ['changing', false],
    ['failed', false],
    ['controlled', false],
  ] as const)('a unit that is %s is outside: %s', (registration, expected) => {
    expect(isOutsideControlTower(registration)).toBe(expected);
  });

  it('a unit is named beside the whole ARN of an account', () => {
    expect(unitArnBeside('arn:aws:organizations::2:account/o-1/4\nx', 'ou')).toBe(
      'arn:aws:organizations::2:account/o-1/4\nx',
    );
  });
});
