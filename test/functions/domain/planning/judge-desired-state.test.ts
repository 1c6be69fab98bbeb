import fc from 'fast-check';
import {
  judgeDesiredState,
  judgeKnownTenant,
  namedAccount,
} from '../../../../functions/domain/planning/judge-desired-state';
import { account, NOW, tenant } from '../../../fakes/vending';
import { planVending } from '../../../../functions/domain/planning/plan-vending';
import { changed, configuration, desiredState, desiredStateJson, MANAGEMENT_ZONE, type Change } from '../examples';
import { says } from '../says';

const fieldsOf = (...changes: readonly Change[]): readonly string[] => {
  const judged = judgeDesiredState(changed(desiredStateJson, ...changes), configuration());
  return judged.ok ? [] : judged.faults.map(({ field }) => field);
};

describe('judgeDesiredState', () => {
  it('gives the desired state and its plan', () => {
    const plan = planVending(desiredState(), configuration());

    expect(judgeDesiredState(desiredStateJson, configuration())).toEqual({
      ok: true,
      value: { desiredState: desiredState(), plan: plan.ok ? plan.value : undefined },
    });
  });

  it('finds wrong types, limits, the landing zone and what is not supported yet in one go', () => {
    expect(
      fieldsOf(
        ['replicationSequence', 'x'],
        ['project', undefined],
        ['tenant.metadata.uuid', 'x'],
        ['tenant.metadata.ownedByWorkspace', 'w'.repeat(17)],
        ['tenant.metadata.ownedByProject', 'Shop'],
        ['tenant.spec.landingZoneRef.name', 'nowhere'],
        ['tenant.spec.platformTenantId', ''],
        ['tenant.status.lifecycle.state', 'DELETED'],
      ),
    ).toEqual([
      'replicationSequence',
      'tenant.metadata.uuid',
      'project',
      'tenant.spec.platformTenantId',
      'tenant.status.lifecycle.state',
      'tenant.metadata.ownedByWorkspace',
      'tenant.metadata.ownedByProject',
      'tenant.spec.landingZoneRef.name',
    ]);
  });

  it.each<readonly [Change, readonly string[]]>([
    [['tenant', undefined], ['tenant']],
    [['tenant.metadata', 7], ['tenant.metadata']],
    [['tenant.spec', null], ['tenant.spec']],
    [['tenant.spec.landingZoneRef', 'aws-dev'], ['tenant.spec.landingZoneRef']],
    [['tenant.status.lifecycle', []], ['tenant.status.lifecycle']],
    [['tenant.metadata.ownedByWorkspace', ''], ['tenant.metadata.ownedByWorkspace']],
  ])('says nothing twice with %j', (change, fields) => {
    expect(fieldsOf(change)).toEqual(fields);
  });

  it('never throws, whatever JSON comes', () => {
    const config = configuration();
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('tenant', 'tenant.metadata', 'tenant.spec', 'project'),
        (value, path) => {
          expect(judgeDesiredState(value, config).ok).toBe(false);
          expect(judgeDesiredState(changed(desiredStateJson, [path, value]), config).ok).toBe(false);
        },
      ),
    );
  });
});

describe('a tenant that the ledger knows', () => {
  const known = tenant({
    account,
    enrollment: {
      phase: 'ended',
      kind: 'provision',
      attempt: 1,
      recordId: null,
      requestHash: null,
      productName: null,
      askedAt: NOW.toISOString(),
      busySince: null,
      hasPaused: false,
      failures: 0,
    },
    stackInstances: [
      {
        stackSet: 'old',
        homeRegion: 'eu-west-1',
        region: 'eu-west-1',
        removable: true,
        phase: 'current',
        contentHash: 'h',
        n: 1,
        operationId: 'o',
        askedAt: NOW.toISOString(),
        failures: 0,
        pauses: 0,
      },
    ],
  });
  const NOT_ENROLLED: Change = ['landingZone.awsEnrollAccount', false];

  it('is planned with what its run takes away', () => {
    const judged = judgeKnownTenant(desiredStateJson, configuration(NOT_ENROLLED), known);
    expect(judged).toMatchObject({
      ok: true,
      value: {
        desiredState: desiredState(),
        plan: { unenrollment: { strategy: 'account-factory' }, remarks: [says('accountAliasPattern'), says('"old"')] },
      },
    });
  });

  it('is refused as another would be', () => {
    const input = changed(desiredStateJson, ['tenant.spec.landingZoneRef.name', 'nowhere']);
    expect(judgeKnownTenant(input, configuration(), known)).toMatchObject({ ok: false });
  });

  it('has its own account, so that the desired state may name it', () => {
    const input = changed(desiredStateJson, ['tenant.spec.platformTenantId', account.id]);
    expect(judgeKnownTenant(input, configuration(), known)).toMatchObject({ ok: true });
    expect(judgeKnownTenant(input, configuration(), tenant())).toMatchObject({ ok: false });
  });

  it('loses nothing where it is the management account', () => {
    const management = tenant({ ...known, account: { ...account, id: '222222222222' } });
    const judged = judgeKnownTenant(desiredStateJson, configuration(...MANAGEMENT_ZONE), management);
    expect(judged).toMatchObject({
      ok: true,
      value: { plan: { accessOnly: true, stackSetRemovals: [], remarks: [says('accountAliasPattern')] } },
    });
    expect(judged).not.toHaveProperty('value.plan.unenrollment');
  });
});

describe('the account that a desired state names', () => {
  it.each([
    [changed(desiredStateJson, ['tenant.spec.platformTenantId', '444444444444']), '444444444444'],
    [{ tenant: { spec: { platformTenantId: '444444444444' } } }, '444444444444'],
    [desiredStateJson, null],
    [{ tenant: { spec: { platformTenantId: 4 } } }, null],
    [{ tenant: { spec: 7 } }, null],
    [{ tenant: 7 }, null],
    [{}, null],
    [null, null],
    ['x', null],
  ])('is read however incomplete that is: %#', (input, expected) => {
    expect(namedAccount(input)).toBe(expected);
  });

  it.each(['MARKED_FOR_DELETION', 'DELETED'])('is judged with the end of the tenant: %s', (state) => {
    expect(fieldsOf(['replicationSequence', 'x'], ['tenant.status.lifecycle.state', state])).toEqual([
      'replicationSequence',
      'tenant.status.lifecycle.state',
    ]);
    expect(fieldsOf(['replicationSequence', 'x'], ['tenant.status.lifecycle.state', 'ACTIVE'])).toEqual([
      'replicationSequence',
    ]);
  });
});
