import {
  ALWAYS_PASSED,
  isTagParameter,
  landingZoneParameters,
  SOMETIMES_PASSED,
  toldByAws,
} from '../../../../functions/domain/stack-sets/landing-zone-parameters';
import {
  contentOf,
  declaredParameters,
  isInstanceOf,
  plannedStackSet,
  rolloutOf,
  standings,
} from '../../../../functions/domain/stack-sets/wanted-stack-set';
import type { StackInstanceRecord } from '../../../../functions/domain/records/account-records';
import { account, NOW, vending } from '../../../fakes/vending';
import { desiredState } from '../examples';

const planned = {
  name: 'baseline',
  homeRegion: 'eu-west-1',
  regions: ['eu-central-1', 'eu-west-1'],
  parameters: { Stage: 'webshop-dev', AccountName: 'as planned' },
};
const record: StackInstanceRecord = {
  stackSet: 'baseline',
  homeRegion: 'eu-west-1',
  region: 'eu-west-1',
  phase: 'current',
  contentHash: 'content',
  n: 1,
  operationId: 'op-1',
  askedAt: NOW.toISOString(),
  pauses: 0,
  failures: 0,
  removable: false,
};
const seen = {
  region: 'eu-west-1',
  status: 'CURRENT' as const,
  detailedStatus: 'SUCCEEDED',
  reason: null,
  lastOperationId: 'op-1',
};

describe('what a landing zone is told', () => {
  const parameters = (tags: readonly (readonly [string, string])[]) =>
    landingZoneParameters(desiredState(), { name: 'name', email: 'mail@corp.example' }, new Map(tags));

  it('has the names that are always passed, but for those that AWS knows', () => {
    expect(parameters([])).toEqual({
      AccountName: 'name',
      AccountEmail: 'mail@corp.example',
      ProductName: 'retail',
      Stage: 'webshop-dev',
      ContactEmail: 'jane@corp.example',
    });
    expect(new Set([...Object.keys(parameters([])), ...Object.keys(toldByAws(account))])).toEqual(
      new Set(ALWAYS_PASSED),
    );
  });

  it('has the tags, and the cost center by its old name too', () => {
    const tags = [
      ['tagCostCenter', '4711'],
      ['tagEnvironment', 'dev'],
    ] as const;
    const always = new Set(ALWAYS_PASSED);
    const more = Object.entries(parameters(tags)).filter(([name]) => !always.has(name));
    expect(Object.fromEntries(more)).toEqual({ CostCenter: '4711', tagCostCenter: '4711', tagEnvironment: 'dev' });
    expect(more.map(([name]) => name).filter((name) => !isTagParameter(name))).toEqual(SOMETIMES_PASSED);
  });

  it.each([
    ['tagCostCenter', true],
    ['tagÖkonomie', true],
    ['tagcostCenter', false],
    ['tag', false],
    ['StagCenter', false],
  ])('%s is a tag: %s', (name, expected) => {
    expect(isTagParameter(name)).toBe(expected);
  });

  it('is what AWS says of the account, once it knows it', () => {
    const { id: AccountId, arn: AccountArn, name: AccountName, email: AccountEmail } = account;
    expect(toldByAws(account)).toEqual({ AccountId, AccountArn, AccountName, AccountEmail });
  });
});

describe('a stack set of the plan', () => {
  const context = vending({ plan: { stackSets: [planned] }, tenant: { account, stackInstances: [record] } });

  it('is found by its name', () => {
    expect(plannedStackSet(context, 'baseline')).toBe(planned);
    expect(() => plannedStackSet(context, 'other')).toThrow(
      'The plan of this run has no stack set "other". Replay this run: a new one plans its stack sets again.',
    );
  });

  it.each([
    [{}, true],
    [{ homeRegion: null }, true],
    [{ homeRegion: 'us-east-1' }, false],
    [{ stackSet: 'other' }, false],
  ])('has the instance with %o: %s', (changes, expected) => {
    expect(isInstanceOf({ ...record, ...changes }, planned)).toBe(expected);
  });

  it('has removable instances only where it says so', () => {
    expect(rolloutOf(planned)).toEqual({ homeRegion: 'eu-west-1', removable: false });
    expect(rolloutOf({ ...planned, removeStackInstances: true })).toMatchObject({ removable: true });
  });

  it('is given the parameters that its template declares, as AWS has them', () => {
    expect(declaredParameters(context, planned, ['AccountId', 'AccountName', 'Unknown'])).toEqual({
      AccountId: account.id,
      AccountName: account.name,
    });
    expect(declaredParameters(context, planned, ['Stage'])).toEqual({ Stage: 'webshop-dev' });
  });

  it('has another content in another home region, under another name or with other parameters', () => {
    const contents = [
      contentOf(planned, { Stage: 'a' }),
      contentOf(planned, { Stage: 'b' }),
      contentOf({ ...planned, homeRegion: 'us-east-1' }, { Stage: 'a' }),
      contentOf({ ...planned, name: 'other' }, { Stage: 'a' }),
    ];
    expect(new Set(contents).size).toBe(4);
    expect(contentOf({ ...planned, regions: [] }, { Stage: 'a' })).toBe(contents[0]);
  });

  it('stands in each of its regions as it was asked for and is seen there', () => {
    expect(standings(context, planned, [seen])).toEqual([
      { region: 'eu-central-1', standing: 'missing', asked: undefined, seen: undefined },
      { region: 'eu-west-1', standing: 'current', asked: record, seen },
    ]);
    expect(standings(context, planned, [seen], 'other')[1]).toMatchObject({ standing: 'stale' });
  });
});
