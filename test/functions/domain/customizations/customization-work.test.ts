import {
  askedRecord,
  BUILD_POLLS,
  buildRegionOf,
  contentOf,
  FULL_SECONDS,
  isApplied,
  QUEUE_MINUTES,
  recordOf,
  toldOf,
  variablesOf,
  withRecord,
} from '../../../../functions/domain/customizations/customization-work';
import { nextPoll } from '../../../../functions/domain/base/poll-interval';
import type { PlannedCustomization } from '../../../../functions/domain/plan/plan';
import { account, NOW, TENANT, vending } from '../../../fakes/vending';
import { fits } from '../says';

const planned: PlannedCustomization = {
  name: 'network',
  project: 'vending-network',
  region: 'eu-central-1',
  image: 'aws/codebuild/standard:7.0',
  source: { type: 'S3', location: 'bucket/network.zip', version: '1', connectionArn: null },
  buildspec: 'buildspec.yml',
  environment: { STAGE: 'dev' },
  inputs: { AccountName: 'as planned', Stage: 'webshop-dev' },
  timeLimitMinutes: 60,
  role: { name: 'Customization', madeByStackSet: true },
};
const context = vending({ tenant: { account } });
const record = askedRecord(context, planned, account, undefined);

describe('what a build is asked for', () => {
  it('is a first one, told of the account as AWS has it', () => {
    expect(record).toEqual({
      name: 'network',
      project: 'vending-network',
      phase: 'asked',
      contentHash: contentOf(planned, account),
      n: 1,
      token: fits(/^[0-9a-f]{40}$/),
      askedAt: NOW.toISOString(),
      buildId: null,
      logLink: null,
      inputs: { AccountName: account.name, Stage: 'webshop-dev' },
      outputs: {},
    });
  });

  it.each([
    [undefined, undefined, 1],
    [3, undefined, 4],
    [3, 7, 8],
    [7, 3, 8],
    [undefined, 7, 8],
  ])('has the next number after %s, and after those of a lost ledger up to %s: %s', (n, numbersFrom, expected) => {
    const before =
      n === undefined ? undefined : { ...record, n, outputs: { vpc: 'vpc-1' }, buildId: 'b', logLink: 'l' };
    const tenant = { account, ...(numbersFrom === undefined ? {} : { numbersFrom }) };
    const next = askedRecord(vending({ tenant }), planned, account, before);
    expect(next).toMatchObject({ n: expected, outputs: before?.outputs ?? {}, buildId: null, logLink: null });
    expect(next.token === record.token).toBe(expected === 1);
  });

  it.each<[string, Partial<PlannedCustomization>]>([
    ['image', { image: 'other' }],
    ['source', { source: { ...planned.source, version: '2' } }],
    ['buildspec', { buildspec: 'other' }],
    ['environment', { environment: {} }],
    ['role', { role: { name: 'Other', madeByStackSet: true } }],
    ['destroys', { destroys: true }],
    ['inputs', { inputs: {} }],
  ])('is wanted again with another %s', (_, changes) => {
    expect(contentOf({ ...planned, ...changes }, account)).not.toBe(contentOf(planned, account));
  });

  it.each<[string, Partial<PlannedCustomization>]>([
    ['time limit', { timeLimitMinutes: 90 }],
    ['name', { name: 'other' }],
    ['input that AWS knows better', { inputs: { ...planned.inputs, AccountName: 'other' } }],
  ])('is not wanted again for another %s', (_, changes) => {
    expect(contentOf({ ...planned, ...changes }, account)).toBe(contentOf(planned, account));
  });

  it('is given its variables after those of the configuration', () => {
    const variables = variablesOf(
      context,
      { ...planned, environment: { STAGE: 'dev', VENDING_BUILD: 'x' } },
      account,
      record,
    );
    expect(variables).toEqual({
      STAGE: 'dev',
      VENDING_BUILD: record.token,
      VENDING_TENANT_UUID: TENANT,
      VENDING_ACCOUNT_ID: account.id,
      VENDING_ROLE_ARN: 'arn:aws:iam::444444444444:role/Customization',
      VENDING_STATE_KEY: 'vending-network/444444444444/terraform.tfstate',
      VENDING_INPUTS: JSON.stringify(record.inputs),
    });
  });
});

describe('records of builds', () => {
  const other = { ...record, project: 'vending-other' };

  it('are found by their project', () => {
    const having = vending({ tenant: { customizations: [other, record] } });
    expect(recordOf(having, planned)).toBe(record);
    expect(recordOf(vending(), planned)).toBeUndefined();
  });

  it('take the place of the one before', () => {
    const later = { ...record, n: 2 };
    expect(withRecord([record, other], later)).toEqual([other, later]);
  });

  it.each([
    [{ phase: 'done' as const }, true],
    [{ phase: 'running' as const }, false],
    [{ phase: 'done' as const, contentHash: 'other' }, false],
  ])('with %o are applied: %s', (changes, expected) => {
    expect(isApplied({ ...record, ...changes }, record.contentHash)).toBe(expected);
    expect(isApplied(undefined, record.contentHash)).toBe(false);
  });

  it.each([
    [{}, false, 'applied'],
    [{ vpc: 'vpc-1', cidr: '10.0.0.0/16' }, false, 'applied: vpc = vpc-1, cidr = 10.0.0.0/16'],
    [{ vpc: 'vpc-1' }, true, 'destroyed'],
  ])('with the outputs %o, destroyed: %s, are told: %s', (outputs, destroys, told) => {
    expect(toldOf({ outputs }, destroys)).toBe(told);
  });
});

describe('builds', () => {
  it('are in the region of their projects', () => {
    expect(buildRegionOf({ customizations: [planned] })).toBe('eu-central-1');
    expect(buildRegionOf({ customizations: [] })).toBe('');
    expect(buildRegionOf({})).toBe('');
  });

  it.each([
    [0, 30],
    [30, 15],
    [500, 60],
    [5000, 120],
  ])('are looked at, after %s seconds, in %s', (elapsed, expected) => {
    expect(nextPoll(elapsed, BUILD_POLLS)).toBe(expected);
  });

  it('wait for room as long as CodeBuild lets them', () => {
    expect([FULL_SECONDS, QUEUE_MINUTES]).toEqual([60, 480]);
  });
});
