import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { inProcessRequestHandler } from '../../../sandbox/organization/in-process-transport';
import type { AccountSeed, ControlTowerSeed } from '../../../sandbox/organization/organization-seed';
import {
  ACCESS_ROLE,
  administrator,
  assume,
  assumeServiceRole,
  DEV,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  type UnderTest,
} from './organization-under-test';

interface Listed {
  readonly enabledBaselines: readonly {
    readonly arn: string;
    readonly targetIdentifier: string;
    readonly baselineVersion: string;
    readonly statusSummary: { readonly status: string; readonly lastOperationIdentifier?: string };
  }[];
}

const accountIdOf = (number: number): string => String(580_000_000_000 + number);

const enrolled = (count: number, change: Partial<AccountSeed> = {}): readonly AccountSeed[] =>
  Array.from({ length: count }, (_, number) => ({
    id: accountIdOf(number),
    name: `m-${number}`,
    email: `m+${number}@corp.example`,
    parentId: DEV,
    governed: true,
    ...change,
  }));

describe('baselines of units, put on their accounts', () => {
  let test: UnderTest;

  let controlTower: ControlTowerSeed;

  beforeEach(() => {
    controlTower = {};
  });

  const begin = (...accounts: readonly AccountSeed[]): void => {
    const seed = { ...exampleOrganization(), controlTower };
    const organizationalUnits = seed.organizationalUnits.map((unit) =>
      unit.id === DEV ? { ...unit, baselineVersion: '4.0' } : unit,
    );
    test = organizationUnderTest({
      seed: { ...seed, organizationalUnits, accounts: [...seed.accounts, ...accounts] },
    });
  };

  const answer = async (path: string, input: object, credentials = administrator(MANAGEMENT)) => {
    const signer = new SignatureV4({
      service: 'controltower',
      region: 'eu-central-1',
      sha256: Sha256,
      credentials,
    });
    const host = 'controltower.eu-central-1.amazonaws.com';
    const signed = await signer.sign({
      method: 'POST',
      protocol: 'https:',
      hostname: host,
      path,
      query: {},
      body: JSON.stringify(input),
      headers: { host, 'content-type': 'application/json' },
    });
    return (await inProcessRequestHandler(test.organization).handle(signed)).response;
  };

  const call = async (path: string, input: object): Promise<unknown> => {
    const response = await answer(path, input);
    const body: unknown = JSON.parse(Buffer.from(response.body).toString('utf8'));
    return response.statusCode === 200 ? body : response.headers['x-amzn-errortype'];
  };

  const listed = async (target: string) => {
    const { enabledBaselines } = (await call('/list-enabled-baselines', { includeChildren: true })) as Listed;
    const found = enabledBaselines.find(({ targetIdentifier }) => targetIdentifier.endsWith(target));
    if (found === undefined) throw new Error(`${target} has no baseline.`);
    return found;
  };

  const reset = async (target: string): Promise<unknown> =>
    call('/reset-enabled-baseline', { enabledBaselineIdentifier: (await listed(target)).arn });

  const updated = async (baselineVersion: string): Promise<unknown> =>
    call('/update-enabled-baseline', { enabledBaselineIdentifier: (await listed(DEV)).arn, baselineVersion });

  const operation = async (begun: unknown): Promise<unknown> => call('/get-baseline-operation', begun as object);

  it('have another version after an update, on the unit and on each account in it', async () => {
    begin(...enrolled(3));
    expect(await listed(accountIdOf(2))).toMatchObject({ baselineVersion: '4.0' });
    const begun = await updated('5.0');
    expect(await operation(begun)).toMatchObject({
      baselineOperation: { operationType: 'UPDATE_ENABLED_BASELINE', status: 'IN_PROGRESS' },
    });
    expect(await listed(DEV)).toMatchObject({
      statusSummary: {
        status: 'UNDER_CHANGE',
        lastOperationIdentifier: (begun as { operationIdentifier: string }).operationIdentifier,
      },
    });
    test.clock.advance(3600);
    expect(await operation(begun)).toMatchObject({ baselineOperation: { status: 'SUCCEEDED' } });
    expect(await listed(DEV)).toMatchObject({ baselineVersion: '5.0', statusSummary: { status: 'SUCCEEDED' } });
    expect(await listed(accountIdOf(2))).toMatchObject({ baselineVersion: '5.0' });
    expect(await updated('9.9')).toBe('ValidationException');
  });

  it('come to an account that was moved into the unit, by a reset', async () => {
    begin(...enrolled(2, { governed: false }));
    const begun = await reset(DEV);
    test.clock.advance(3600);
    expect(await operation(begun)).toMatchObject({
      baselineOperation: { operationType: 'RESET_ENABLED_BASELINE', status: 'SUCCEEDED' },
    });
    expect(await listed(accountIdOf(1))).toMatchObject({
      baselineVersion: '4.0',
      statusSummary: { status: 'SUCCEEDED' },
    });
  });

  it('are put on the others where one account hinders it, whether the operation succeeds or fails then', async () => {
    const hindered = { id: accountIdOf(7), configSetups: { 'eu-central-1': { recorder: 'own' } } };
    begin(...enrolled(2, { governed: false }), ...enrolled(1, { ...hindered, name: 'x', email: 'x@corp.example' }));
    const ends = new Set<string>();
    for (let tries = 0; tries < 12; tries += 1) {
      const begun = await reset(DEV);
      test.clock.advance(3600);
      const { baselineOperation: ended } = (await operation(begun)) as {
        baselineOperation: { status: string; statusMessage: string };
      };
      expect(ended.statusMessage).toMatch(accountIdOf(7));
      ends.add(ended.status);
    }
    expect([...ends].toSorted()).toEqual(['FAILED', 'SUCCEEDED']);
    expect(await listed(accountIdOf(1))).toMatchObject({ statusSummary: { status: 'SUCCEEDED' } });
    expect(await listed(accountIdOf(7))).toMatchObject({ statusSummary: { status: 'FAILED' } });
  });

  it('are reset one at a time, of units and not of accounts, of at most 1,000 accounts', async () => {
    begin(...enrolled(1000));
    expect(await reset(DEV)).toHaveProperty('operationIdentifier');
    expect(await reset('ou-ab12-prod0001')).toBe('ConflictException');
    expect(await reset(accountIdOf(0))).toBe('ValidationException');
    const unknown = (await listed(DEV)).arn.replace(/\w+$/u, 'UNKNOWN1');
    expect(await call('/reset-enabled-baseline', { enabledBaselineIdentifier: unknown })).toBe(
      'ResourceNotFoundException',
    );
    begin(...enrolled(1001));
    expect(await reset(DEV)).toBe('ServiceQuotaExceededException');
    controlTower = { governedRegions: Array.from({ length: 22 }, (_, number) => `region-${number}`) };
    begin(...enrolled(682));
    expect(await reset(DEV)).toBe('ServiceQuotaExceededException');
    const none = '00000000-0000-4000-8000-000000000000';
    expect(await operation({ operationIdentifier: none })).toBe('ResourceNotFoundException');
  });

  it('are shown to no session that may not list them: AccessDeniedException, with status 403', async () => {
    begin();
    const RoleArn = `arn:aws:iam::${await openAccount(test)}:role/${ACCESS_ROLE}`;
    const Statement = [{ Effect: 'Allow', Action: 'organizations:*', Resource: '*' }];
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    const caller = { credentials: await assumeServiceRole(test), app: 'OpenAccount' };
    const response = await answer('/list-enabled-baselines', {}, await assume(test, caller, { RoleArn, Policy }));
    expect(response.headers['x-amzn-errortype']).toBe('AccessDeniedException');
    expect(response.statusCode).toBe(403);
  });

  it('are older than an update of the landing zone, which is remembered for 90 days', async () => {
    controlTower = { updatedAt: '2026-11-23T10:00:00Z' };
    begin();
    expect(await call('/list-landingzone-operations', {})).toMatchObject({
      landingZoneOperations: [{ operationType: 'UPDATE', status: 'SUCCEEDED' }],
    });
    const [{ operationIdentifier }] = (
      (await call('/list-landingzone-operations', {})) as { landingZoneOperations: [{ operationIdentifier: string }] }
    ).landingZoneOperations;
    expect(await call('/get-landingzone-operation', { operationIdentifier })).toMatchObject({
      operationDetails: { endTime: '2026-11-23T10:00:00Z' },
    });
    test.clock.advance(90 * 24 * 3600);
    expect(await call('/list-landingzone-operations', {})).toEqual({ landingZoneOperations: [] });
    expect(await call('/get-landingzone-operation', { operationIdentifier })).toBe('ResourceNotFoundException');
  });
});
