import { exampleAuthorization } from '../../../sandbox/organization/authorization/example-authorization';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { UnitSeed } from '../../../sandbox/organization/organization-seed';
import { example, reportOf, SANDBOX } from './planted-defects';
import { CONFIGURATION, findingsIn, PreflightWorld } from './preflight-world';

const ID = 'workspace-units-have-room';

/** The landing zone aws-sandbox without a target. */
const inUnitsOf = (parentOrgUnitId: string): Configuration => {
  const { platform, landingZones } = CONFIGURATION;
  const sandbox = landingZones['aws-sandbox'];
  if (sandbox === undefined) throw new Error('There is no landing zone aws-sandbox.');
  return {
    platform: { ...platform, workspaceOrgUnits: { parentOrgUnitId, namePattern: '#{workspaceIdentifier}' } },
    landingZones: { ...landingZones, 'aws-sandbox': { ...sandbox, awsTargetOrgUnitId: null } },
  };
};

const unit = (id: string, parentId: string): UnitSeed => ({ id, name: id, parentId, registered: false });

const look = (parentOrgUnitId: string, units: readonly UnitSeed[] = []) =>
  new PreflightWorld({
    configuration: inUnitsOf(parentOrgUnitId),
    roles: () => exampleAuthorization(inUnitsOf(parentOrgUnitId)),
    seed: { organizationalUnits: [...example.organizationalUnits, ...units] },
  }).look();

describe('units of workspaces', () => {
  beforeAll(loadPolicyTables);

  it('have room in a unit that is there', async () => {
    const reports = await look(SANDBOX, [unit('ou-ab12-retail01', SANDBOX)]);
    expect(findingsIn(reports)).toEqual([]);
    expect(reportOf(reports, ID)?.detail).toContain('1 of 2000 units');
  });

  it('need a parent that is there, and the setting is named', async () => {
    const reports = await look('ou-ab12-missing0');
    expect(findingsIn(reports)).toEqual(['unit-exists:aws-sandbox']);
    expect(reportOf(reports, 'unit-exists:aws-sandbox')?.remedy).toContain('workspaceOrgUnits.parentOrgUnitId');
  });

  it('are no deeper than AWS has them', async () => {
    const ids = ['level002', 'level003', 'level004', 'level005'].map((name) => `ou-ab12-${name}`);
    const reports = await look(
      ids.at(-1) ?? '',
      ids.map((id, index) => unit(id, ids[index - 1] ?? SANDBOX)),
    );
    expect(findingsIn(reports)).toEqual([ID]);
    expect(reportOf(reports, ID)?.remedy).toContain('at most 4 levels below the root');
  });

  it('are no more than AWS has of them', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => unit(`ou-ab12-${String(index).padStart(8, '0')}`, SANDBOX));
    const reports = await look(SANDBOX, many);
    expect(findingsIn(reports)).toEqual([ID]);
    expect(reportOf(reports, ID)?.remedy).toContain('Delete units');
  });
});
