import { NewerLedger } from '../fakes/newer-ledger';
import { NEWER_FIELD } from '../fakes/records-of';
import { wanted } from '../fixtures/release-before/wanted';
import { type Change, configuration } from '../functions/domain/examples';
import { SimulatedVending } from './simulated-vending';

/** On a busy machine. */
const kindsOf = (items: Awaited<ReturnType<NewerLedger['scan']>>): readonly string[] =>
  [...new Set(items.map(({ kind }) => kind))].toSorted();

const uuidOf = (number: number): string => `7d0c1b1e-0000-4000-8000-${String(number).padStart(12, '0')}`;

const of = (number: number): readonly Change[] => [
  ['tenant.metadata.uuid', uuidOf(number)],
  ['tenantPlatformNumber', number],
  ['tenant.metadata.ownedByProject', `webshop-${number}`],
  ['project.metadata.name', `webshop-${number}`],
];

const gone: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];

describe('a field that a newer release has written into every item of the ledger', () => {
  let simulation: SimulatedVending;

  afterEach(() => {
    simulation.stop();
  });

  it('survives vendings, a refusal, a replacement, a preflight, a night, costs and a closing', async () => {
    const ledger = new NewerLedger();
    simulation = new SimulatedVending({ configuration: configuration(...wanted), ledger });
    for (const number of [1, 2, 3]) simulation.sendEvent(...of(number));
    simulation.sendEvent(...of(4), ['tenant.spec.landingZoneRef.name', 'no-such-zone']);
    await simulation.settle();
    simulation.sendEvent(...of(1), ['replicationSequence', 18], ['tenant.status.tags', { environment: ['prod'] }]);
    simulation.sendEvent(...of(1), ['replicationSequence', 19], ['tenant.status.tags', { environment: ['test'] }]);
    await simulation.application.callApi({ method: 'POST', path: '/preflight' });
    await simulation.settle();
    const [drifted] = simulation.madeAccounts;
    drifted?.tags.set('meshstack_project', 'by hand');
    simulation.application.startNight();
    await simulation.settle();
    await simulation.application.collectCosts();
    simulation.sendEvent(...of(2), ['replicationSequence', 20], gone);
    await simulation.settle();
    expect((await simulation.detail(uuidOf(1))).status).toBe('VENDED');
    expect((await simulation.detail(uuidOf(2))).status).toBe('CLOSED');
    expect([...ledger.lost]).toEqual([]);
    const items = await ledger.scan();
    expect(items.filter(({ data }) => !(NEWER_FIELD in (data as object)))).toEqual([]);
    expect(kindsOf(items).length).toBeGreaterThanOrEqual(20);
    expect(ledger.rewritten).toBeGreaterThan(100);
  });
});
