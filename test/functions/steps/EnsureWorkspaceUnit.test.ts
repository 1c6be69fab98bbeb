import { NotVisibleError, RejectedError } from '../../../functions/domain/base/errors';
import { ensureWorkspaceUnit } from '../../../functions/steps/EnsureWorkspaceUnit/step';
import { FakeOrganizationalUnits } from '../../fakes/fake-organizational-units';
import { ProcessKilledError } from '../../fakes/fake-tenant-repository';
import { account, vending } from '../../fakes/vending';

const workspaceOrgUnit = { parentOrgUnitId: 'ou-ab12-legacy01', name: 'retail' };

describe('EnsureWorkspaceUnit', () => {
  let units: FakeOrganizationalUnits;

  beforeEach(() => {
    units = new FakeOrganizationalUnits();
  });

  const run = (plan: object = { targetOrgUnitId: null, workspaceOrgUnit }) =>
    ensureWorkspaceUnit({ units })(vending({ tenant: { account }, plan }));

  it('makes the unit of the workspace, and tells which one it is', async () => {
    units.plant('Retail');
    expect(await run()).toEqual({
      result: { organizationalUnitId: 'ou-ab12-unit0002' },
      changes: [{ what: 'organizational unit of the workspace', from: null, to: 'retail (ou-ab12-unit0002)' }],
    });
  });

  it('finds it the second time, and writes nothing', async () => {
    await run();
    expect(await run()).toEqual({
      result: { organizationalUnitId: 'ou-ab12-unit0001' },
      remark: 'The organizational unit of the workspace is retail (ou-ab12-unit0001).',
    });
    expect(units.writes).toBe(1);
  });

  it('takes the one that another run has made between its look and its call', async () => {
    units.madeMeanwhile = 'retail';
    expect(await run()).toMatchObject({ result: { organizationalUnitId: 'ou-ab12-unit0001' } });
    expect(units.units).toHaveLength(1);
  });

  it('comes again where AWS refuses the name and does not list its unit yet', async () => {
    units.madeMeanwhile = 'retail';
    units.isLate = true;
    const error: unknown = await run().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotVisibleError);
    expect(error).toMatchObject({
      message: expect.stringContaining('"retail" in ou-ab12-legacy01') as string,
      nothingDone: true,
    });
  });

  it.each(['effect', 'answer'] as const)(
    'makes one unit although it is killed anywhere, without the %s',
    async (loses) => {
      for (const killedAt of [1, 2]) {
        units = new FakeOrganizationalUnits();
        Object.assign(units, { killedAt, loses });
        await expect(run()).rejects.toBeInstanceOf(ProcessKilledError);
        expect(await run()).toMatchObject({ result: { organizationalUnitId: 'ou-ab12-unit0001' } });
        expect(units.units).toHaveLength(1);
      }
    },
  );

  it('is refused where there is no such parent', async () => {
    jest.spyOn(units, 'unitsIn').mockRejectedValue(new RejectedError('There is no such unit.', 'Correct it.'));
    await expect(run()).rejects.toBeInstanceOf(RejectedError);
    expect(units.writes).toBe(0);
  });

  it('asks nothing where the landing zone names a unit', async () => {
    const report = await run({});
    expect(report).toMatchObject({ result: { organizationalUnitId: null } });
    expect(report.remark).toContain('names a unit');
    expect(units.calls).toBe(0);
  });
});
