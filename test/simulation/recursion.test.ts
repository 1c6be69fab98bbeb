import { type Change, desiredStateJson } from '../functions/domain/examples';
import { SimulatedVending } from './simulated-vending';

const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`;

const tenant = (index: number): readonly Change[] => [
  ['tenantPlatformNumber', index],
  ['tenant.metadata.uuid', uuidOf(index)],
  ['tenant.metadata.ownedByProject', `project-${index}`],
  ['project.metadata.name', `project-${index}`],
];

const HOURS = 3600;

/** On a busy machine. */
describe('Lambda drops what looks like an endless loop, and', () => {
  let simulation: SimulatedVending;

  afterEach(() => {
    simulation.stop();
  });

  /** As it is where nothing was dropped. */
  const nothingIsDropped = (): void => {
    const { deadLetters, recursiveInvocationsDropped } = simulation.application;
    expect({ deadLetters, recursiveInvocationsDropped }).toEqual({ deadLetters: [], recursiveInvocationsDropped: [] });
  };

  it('a run of more than five hours is watched to its end, of which no event tells', async () => {
    simulation = new SimulatedVending({
      latencies: { accountCreation: [5.5 * HOURS, 5.5 * HOURS] },
      statusChangeDelays: () => [],
    });
    simulation.sendEvent();
    await simulation.until(() => simulation.application.workflow.executions.length > 0);
    await simulation.until(() => Date.now() > new Date('2026-11-24T15:00:00.000Z').getTime());
    const [execution] = simulation.application.workflow.executions;
    await simulation.application.workflow.stop(execution?.executionArn ?? '');
    await simulation.settle();
    expect(await simulation.detail(desiredStateJson.tenant.metadata.uuid)).toMatchObject({ status: 'FAILED' });
    nothingIsDropped();
  });

  it('a night of more than sixteen parts is reported when its last run has ended', async () => {
    simulation = new SimulatedVending();
    for (const index of [1, 2]) simulation.sendEvent(...tenant(index));
    await simulation.settle();
    const { account } = await simulation.detail(uuidOf(1));
    simulation.organization.state.accounts.get(account?.id ?? '')?.roles.delete('MeshstackAccountAccessRole');
    simulation.application.startNight();
    await simulation.settle();
    expect(simulation.application.driftReports).toMatchObject([
      { reconciled: 1, unchanged: 1, failed: 1, unfinished: 0 },
    ]);
    nothingIsDropped();
  });
});
