import { DriftReportSchema } from '../../functions/api/drift-report-schema';
import { type Change, desiredStateJson } from '../functions/domain/examples';
import { SimulatedVending } from './simulated-vending';

const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`;

const tenant = (index: number): readonly Change[] => [
  ['tenantPlatformNumber', index],
  ['tenant.metadata.uuid', uuidOf(index)],
  ['tenant.metadata.ownedByProject', `project-${index}`],
  ['project.metadata.name', `project-${index}`],
];

/** On a busy machine. */
describe('a night', () => {
  let simulation: SimulatedVending;

  beforeEach(async () => {
    simulation = new SimulatedVending();
    for (const index of [1, 2, 3]) simulation.sendEvent(...tenant(index));
    await simulation.settle();
  });

  afterEach(() => {
    simulation.stop();
  });

  const accountOf = async (index: number) => {
    const { account } = await simulation.detail(uuidOf(index));
    const found = simulation.organization.state.accounts.get(account?.id ?? '');
    if (found === undefined) throw new Error(`Tenant ${index} has no account.`);
    return found;
  };

  const night = async (): Promise<void> => {
    simulation.application.startNight();
    await simulation.settle();
  };

  const reportOver = async (pass: string, query = {}) => {
    const path = `/drift-reports/${pass}`;
    const { status, body } = await simulation.application.callApi({ method: 'GET', path, query });
    return status === 200 ? DriftReportSchema.parse(body) : { status, body };
  };

  it('heals what was changed by hand, and reports it', async () => {
    const drifted = await accountOf(1);
    const wanted = { alias: drifted.alias, parentId: drifted.parentId, tags: new Map(drifted.tags) };
    const { rootId } = simulation.organization.state.seed;
    drifted.alias = 'by-hand';
    drifted.parentId = rootId;
    drifted.tags.set('meshstack_project', 'by hand').set('meshstack_extra', 'x').set('theirs', 'stays');

    await night();

    expect(drifted).toMatchObject({ alias: wanted.alias, parentId: wanted.parentId });
    expect(drifted.tags).toEqual(wanted.tags.set('theirs', 'stays'));
    const figures = { reconciled: 1, notBegun: 0, unchanged: 2, changed: 1, failed: 0, unfinished: 0 };
    expect(simulation.application.driftReports).toMatchObject([
      { ...figures, drifts: [{ tenantUuid: uuidOf(1), accountId: drifted.id, outcome: 'VENDED', changes: 4 }] },
    ]);
    const report = await reportOver('latest');
    expect(report).toMatchObject({ ...figures, status: 'ENDED', cursor: null, drifts: [{ tenantUuid: uuidOf(1) }] });
    const changes = 'drifts' in report ? (report.drifts[0]?.changes ?? []) : [];
    expect(changes.map(({ state, from, to }) => ({ state, from, to }))).toEqual(
      expect.arrayContaining([
        { state: 'MoveAccount', from: rootId, to: wanted.parentId },
        { state: 'TagAccount', from: 'by hand', to: 'project-1' },
        { state: 'SetAccountAlias', from: 'by-hand', to: wanted.alias },
      ]),
    );
    expect(simulation.application.deadLetters).toEqual([]);
  });

  it('in which one tenant fails heals all others', async () => {
    const [broken, drifted] = [await accountOf(1), await accountOf(2)];
    broken.roles.delete('MeshstackAccountAccessRole');
    drifted.alias = 'by-hand';

    await night();

    expect(drifted.alias).toBe('corp-retail-project-2');
    expect(await simulation.detail(uuidOf(1))).toMatchObject({ status: 'FAILED', run: 2 });
    expect(await simulation.detail(uuidOf(3))).toMatchObject({ status: 'VENDED', run: 1 });
    expect(simulation.application.driftReports).toMatchObject([
      { reconciled: 2, unchanged: 1, changed: 1, failed: 1, unfinished: 0 },
    ]);
  });

  it('in which nothing has drifted writes nothing to AWS, and reports nothing', async () => {
    const writes = (): number => simulation.organization.calls.filter(({ write }) => write).length;
    const before = writes();
    await night();
    expect(writes()).toBe(before);
    expect(simulation.application.driftReports).toMatchObject([
      { reconciled: 0, unchanged: 3, changed: 0, failed: 0, drifts: [] },
    ]);
  });

  it('leaves tenants alone that are to be deleted', async () => {
    simulation.sendEvent(
      ...tenant(1),
      ['replicationSequence', desiredStateJson.replicationSequence + 1],
      ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
    );
    await simulation.settle();
    await night();
    expect(simulation.application.driftReports).toMatchObject([{ reconciled: 0, unchanged: 2 }]);
  });

  it('of which the report is read in pages', async () => {
    for (const index of [1, 2, 3]) (await accountOf(index)).alias = `by-hand-${index}`;
    await night();
    const first = await reportOver('2026-11-24', { limit: '2' });
    expect(first).toMatchObject({ drifts: [{ tenantUuid: uuidOf(1) }, { tenantUuid: uuidOf(2) }], cursor: uuidOf(2) });
    const last = await reportOver('2026-11-24', { limit: '2', cursor: uuidOf(2) });
    expect(last).toMatchObject({ drifts: [{ tenantUuid: uuidOf(3) }], cursor: null });
  });

  it.each([
    ['latest', {}, 404, 'There was no nightly reconciliation'],
    ['2026-11-23', {}, 404, "There is no drift report '2026-11-23'"],
    ['latest', { limit: '101' }, 400, 'limit'],
    ['latest', { limit: 'x' }, 400, 'limit'],
    ['latest', { cursor: 'x' }, 400, 'cursor'],
  ])('that cannot be shown is a problem: %s %j', async (pass, query, status, word) => {
    const answer = await reportOver(pass, query);
    expect(answer).toMatchObject({ status });
    expect(JSON.stringify(answer)).toContain(word);
  });
});
