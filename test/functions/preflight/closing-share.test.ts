import type { CheckReport } from '../../../functions/domain/fleet/preflight';
import { laneKey } from '../../../functions/ledger/base/keys';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import { CONFIGURATION, findingsIn, type PlantedDefects, PreflightWorld } from './preflight-world';

beforeAll(loadPolicyTables);

const ID = 'account-closing-share';

const closedBefore = async (
  closings: number,
  planted: PlantedDefects = {},
): Promise<{ readonly world: PreflightWorld; readonly reports: readonly CheckReport[] }> => {
  const world = new PreflightWorld(planted);
  const days = [
    // Counts no longer: it is over by thirty days.
    { day: '2026-10-24', closings: 7 },
    { day: '2026-11-01', closings: closings - 1 },
    { day: '2026-11-23', closings: 1 },
  ];
  const data = { slots: [], rate: null, unlimited: false, closingShare: { days, allowance: null } };
  await world.ledger.commit([{ key: laneKey('account-closing'), expectedVersion: 0, data }]);
  return { world, reports: await world.look() };
};

const reportIn = (reports: readonly CheckReport[]): CheckReport | undefined => reports.find(({ id }) => id === ID);

describe('a preflight tells of AWS’s share of closings in thirty days', () => {
  it('how much is left, by what we have closed, and counts the accounts once', async () => {
    const { world, reports } = await closedBefore(12);
    expect(reportIn(reports)).toEqual({
      id: ID,
      sentence: "AWS's share of closings in thirty days is known.",
      result: 'ok',
      detail:
        '12 of 250 closings in thirty days, 238 left. What others than this application have closed counts as well, and is not known here.',
      remedy: null,
    });
    expect(findingsIn(reports)).toEqual([]);
    const inputs = world.organization.calls
      .filter(({ operation }) => operation === 'ListAccounts')
      .map(({ input }) => input);
    expect(inputs.filter((input) => !Object.hasOwn(input as object, 'NextToken'))).toHaveLength(1);
  });

  it('when it is spent, without a finding', async () => {
    const { reports } = await closedBefore(250);
    expect(findingsIn(reports)).toEqual([]);
    expect(reportIn(reports)?.detail).toContain(
      '250 of 250 closings in thirty days, 0 left: closings wait until 2026-12-02T00:00:00.000Z.',
    );
  });

  it.each<[string, PlantedDefects, string]>([
    ['where there is no ledger to look into', { hasLedger: false }, 'Closings are counted in the ledger'],
    [
      'where no landing zone closes accounts',
      {
        configuration: {
          ...CONFIGURATION,
          landingZones: Object.fromEntries(
            Object.entries(CONFIGURATION.landingZones).map(([name, one]) => [name, { ...one, closeAccount: false }]),
          ),
        },
      },
      'No landing zone closes accounts',
    ],
  ])('not %s', async (_, planted, detail) => {
    const { reports } = await closedBefore(12, planted);
    expect(reportIn(reports)).toMatchObject({ result: 'skipped', detail: expect.stringContaining(detail) as string });
  });
});
