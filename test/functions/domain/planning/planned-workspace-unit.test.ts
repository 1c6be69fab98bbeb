import { planVending } from '../../../../functions/domain/planning/plan-vending';
import { type Change, configuration, desiredState } from '../examples';
import { named, plan } from './planned-example';

const PARENT = 'ou-ab12-legacy01';

const withUnits = (namePattern: string) =>
  configuration(
    ['platform.workspaceOrgUnits', { parentOrgUnitId: PARENT, namePattern }],
    ['landingZone.awsTargetOrgUnitId', null],
    ['landingZone.awsEnrollAccount', false],
  );

const faultsOf = (namePattern: string, ...changes: readonly Change[]) => {
  const planned = planVending(desiredState(...changes), withUnits(namePattern));
  return planned.ok ? [] : planned.faults;
};

describe('a landing zone without a target', () => {
  it('has each account in the unit of its workspace', () => {
    expect(plan(desiredState(), withUnits('ws-#{workspaceIdentifier}'))).toMatchObject({
      targetOrgUnitId: null,
      workspaceOrgUnit: { parentOrgUnitId: PARENT, name: 'ws-retail' },
    });
  });

  it('is no other plan for those that have a target', () => {
    const settings = configuration([
      'platform.workspaceOrgUnits',
      { parentOrgUnitId: PARENT, namePattern: '#{workspaceIdentifier}' },
    ]);
    expect(JSON.stringify(plan(desiredState(), settings))).toBe(JSON.stringify(plan()));
  });

  it('takes a name of 128 characters, and refuses a longer one', () => {
    const pattern = `${'x'.repeat(112)}#{workspaceIdentifier}`;
    const longest = 'w'.repeat(16);
    expect(faultsOf(pattern, ...named(longest, 'p'))).toEqual([]);
    expect(faultsOf(`x${pattern}`, ...named(longest, 'p'))).toMatchObject([
      { field: 'workspaceOrgUnits.namePattern', limit: 128, message: expect.stringContaining('129') as string },
    ]);
  });

  it.each([' #{workspaceIdentifier}', '#{workspaceIdentifier} ', 'a\u200b#{workspaceIdentifier}'])(
    'refuses a name that people would not tell from another: %j',
    (pattern) => {
      expect(faultsOf(pattern)).toMatchObject([
        { field: 'workspaceOrgUnits.namePattern', message: expect.stringContaining('Correct the pattern') as string },
      ]);
    },
  );
});
