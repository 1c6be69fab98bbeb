import fc from 'fast-check';
import { judgeDesiredState } from '../../../../functions/domain/planning/judge-desired-state';
import { planVending } from '../../../../functions/domain/planning/plan-vending';
import { changed, configuration, desiredState, desiredStateJson, type Change } from '../examples';

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
