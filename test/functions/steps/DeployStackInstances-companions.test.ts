import { TransientError } from '../../../functions/domain/base/errors';
import type { StackInstanceRecord } from '../../../functions/domain/records/account-records';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import type { Companion, Companions } from '../../../functions/ports/lane-queue';
import { FakeStackSets } from '../../fakes/fake-stack-sets';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { account, after, NOW, tenant } from '../../fakes/vending';
import { FRANKFURT, IRELAND, StackSetsUnderTest } from './stack-sets-under-test';

const wanted = { regions: [FRANKFURT], parameters: { Stage: 'webshop-dev', Other: 'x' }, from: NOW.toISOString() };

const record = (changes: Partial<StackInstanceRecord> = {}): StackInstanceRecord => ({
  stackSet: 'baseline',
  region: FRANKFURT,
  phase: 'asked',
  contentHash: 'hash',
  n: 4,
  operationId: 'own',
  homeRegion: FRANKFURT,
  removable: false,
  askedAt: NOW.toISOString(),
  failures: 1,
  pauses: 2,
  ...changes,
});

/** Others who wait in the lane of the stack set, each with what the ledger says of it. */
class OtherRuns implements Companions {
  readonly waiting: Companion[] = [];
  readonly repositories = new Map<string, FakeTenantRepository>();
  readonly letInto: (readonly [string, readonly string[]])[] = [];
  asked: (readonly [string, number])[] = [];

  add(number: number, changes: Partial<Companion['wanted']> = {}, of: Partial<TenantRecord> = {}): string {
    const tenantUuid = `tenant-${number}`;
    const other = tenant({ tenantUuid, account: { ...account, id: `${100_000_000_000 + number}` }, ...of });
    this.waiting.push({ tenant: other, wanted: { ...wanted, ...changes } });
    const repository = new FakeTenantRepository();
    repository.tenant = other;
    this.repositories.set(tenantUuid, repository);
    return tenantUuid;
  }

  recordsOf(tenantUuid: string): readonly StackInstanceRecord[] {
    return this.repositories.get(tenantUuid)?.tenant.stackInstances ?? [];
  }

  waitingIn({ name }: { name: string }, most: number): Promise<readonly Companion[]> {
    this.asked.push([name, most]);
    return Promise.resolve(this.waiting);
  }

  repositoryOf(tenantUuid: string): FakeTenantRepository {
    const repository = this.repositories.get(tenantUuid);
    if (repository === undefined) throw new Error(`There is no tenant ${tenantUuid}.`);
    return repository;
  }

  letIn({ name }: { name: string }, tenantUuids: readonly string[]): Promise<void> {
    this.letInto.push([name, tenantUuids]);
    return Promise.resolve();
  }
}

let test: StackSetsUnderTest;
let others: OtherRuns;

beforeEach(() => {
  test = new StackSetsUnderTest();
  others = new OtherRuns();
  test.companions = others;
  test.stackSets.declare(['Stage']);
});

const requests = () => test.stackSets.operations.map(({ request }) => request);

describe('an operation that others wait for, too', () => {
  it('makes the instances of all of them, and lets them go on', async () => {
    const [one, two] = [others.add(1), others.add(2)];
    expect((await test.deploy()).result).toMatchObject({ asked: true });
    expect(requests()).toMatchObject([{ accountId: account.id, alsoIn: ['100000000001', '100000000002'] }]);
    expect(others.letInto).toEqual([['stack-set:eu-central-1:baseline', [one, two]]]);
    expect(others.asked).toEqual([['stack-set:eu-central-1:baseline', 24]]);
    const [own] = test.repository.tenant.stackInstances;
    expect(others.recordsOf(one)).toEqual([{ ...own, n: 1 }]);
    expect(own).toMatchObject({ phase: 'accepted' });
  });

  it('has in each account a number that goes on from what was lost', async () => {
    const one = others.add(1, {}, { numbersFrom: 1_795_730_400 });
    await test.deploy();
    expect(others.recordsOf(one)).toMatchObject([{ n: 1_795_730_401, failures: 0, pauses: 0 }]);
  });

  it('is written down for all of them before CloudFormation is asked', async () => {
    const one = others.add(1);
    test.stackSets.isBusy = true;
    await test.deploy();
    expect(others.recordsOf(one)).toMatchObject([{ phase: 'asked', operationId: test.operationId }]);
    expect(others.letInto).toEqual([]);
  });

  it('is asked for again of the same, whom it is written down for', async () => {
    const one = others.add(1);
    test.stackSets.isBusy = true;
    await test.deploy();
    test.stackSets.isBusy = false;
    others.waiting.splice(0, 1, { tenant: others.repositoryOf(one).tenant, wanted });
    const two = others.add(2, { parameters: { Stage: 'other' } });
    await test.deploy(60);
    expect(requests()).toMatchObject([{ alsoIn: ['100000000001'] }]);
    expect(others.letInto).toEqual([['stack-set:eu-central-1:baseline', [one]]]);
    expect(others.recordsOf(one)).toMatchObject([{ phase: 'accepted' }]);
    expect(others.recordsOf(two)).toEqual([]);
  });

  it.each([
    ['other regions', { regions: [FRANKFURT, IRELAND] }, {}],
    ['other values', { parameters: { Stage: 'webshop-prod' } }, {}],
    ['a value less', { parameters: {} }, {}],
    ['roles that do not count yet', { from: after(1).toISOString() }, {}],
    ['an instance that the ledger knows', {}, { stackInstances: [record()] }],
    ['no account', {}, { account: null }],
  ])('leaves out one with %s', async (_, changes, of) => {
    const one = others.add(1, changes, of);
    const before = others.recordsOf(one);
    await test.deploy();
    expect(requests()).toMatchObject([{ alsoIn: [] }]);
    expect(others.recordsOf(one)).toEqual(before);
    expect(others.letInto).toEqual([]);
  });

  it('takes one with instances of another stack set along, and keeps them', async () => {
    const kept = record({ stackSet: 'logging', phase: 'current' });
    const one = others.add(1, {}, { stackInstances: [kept] });
    await test.deploy();
    expect(others.recordsOf(one)).toEqual([kept, expect.objectContaining({ stackSet: 'baseline' })]);
  });

  it('leaves out one whose run has gone on or ended meanwhile', async () => {
    const [gone, there] = [others.add(1), others.add(2)];
    jest.spyOn(others.repositoryOf(gone), 'update').mockRejectedValue(new TransientError('It has gone on.'));
    await test.deploy();
    expect(requests()).toMatchObject([{ alsoIn: ['100000000002'] }]);
    expect(others.letInto).toEqual([['stack-set:eu-central-1:baseline', [there]]]);
  });

  it('fails where the ledger does', async () => {
    jest.spyOn(others.repositoryOf(others.add(1)), 'update').mockRejectedValue(new Error('out of order'));
    await expect(test.deploy()).rejects.toThrow('out of order');
    expect(requests()).toEqual([]);
  });

  it('is its own alone where CloudFormation takes many at once', async () => {
    others.add(1);
    const { description } = new FakeStackSets();
    if (description !== undefined) test.stackSets.description = { ...description, takesManyOperations: true };
    await test.deploy();
    expect(others.asked).toEqual([]);
    expect(requests()).toHaveLength(1);
  });

  it('is its own alone where an account lacks some regions, or is updated', async () => {
    await test.goOn();
    test.stackSets.end();
    await test.goOn(60);
    others.asked = [];
    test.regions = [FRANKFURT, IRELAND];
    await test.goOn(120);
    test.stackSets.end();
    test.parameters = { Stage: 'webshop-prod' };
    await test.goOn(240);
    expect(test.stackSets.asked).toEqual(['create eu-central-1', 'create eu-west-1', 'update eu-central-1,eu-west-1']);
    expect(others.asked).toEqual([]);
  });
});
