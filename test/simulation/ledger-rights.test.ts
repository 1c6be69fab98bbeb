import { memoryLedgerStore } from '../../sandbox/runtime/memory-ledger-store';
import type { FunctionName } from '../../infra/names';
import { functions } from '../../infra/functions';
import { loadPolicyTables } from '../../sandbox/organization/authorization/policy-simulation';
import { wanted } from '../fixtures/release-before/wanted';
import { type Change, configuration } from '../functions/domain/examples';
import { mayCall, RecordedCalls } from './ledger-rights';
import { SimulatedVending } from './simulated-vending';

/** On a busy machine. */
const uuidOf = (number: number): string => `7d0c1b1e-0000-4000-8000-${String(number).padStart(12, '0')}`;

const of = (number: number): readonly Change[] => [
  ['tenant.metadata.uuid', uuidOf(number)],
  ['tenantPlatformNumber', number],
  ['tenant.metadata.ownedByProject', `webshop-${number}`],
  ['project.metadata.name', `webshop-${number}`],
];

const gone: Change = ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'];

describe('what functions may do with the ledger', () => {
  beforeAll(loadPolicyTables);

  it('is enough for what they do in vendings, a refusal, a preflight, a night, costs and a closing', async () => {
    const recorded = new RecordedCalls();
    const vending = new SimulatedVending({
      configuration: configuration(...wanted),
      ledger: recorded.storeOver(memoryLedgerStore()),
      awsEventDelays: () => [1],
    });
    try {
      for (const number of [1, 2]) vending.sendEvent(...of(number));
      vending.sendEvent(...of(4), ['tenant.spec.landingZoneRef.name', 'no-such-zone']);
      await vending.settle();
      vending.sendEvent(...of(1), ['replicationSequence', 18], ['tenant.status.tags', { environment: ['prod'] }]);
      await vending.application.callApi({ method: 'POST', path: '/preflight' });
      await vending.settle();
      vending.madeAccounts[0]?.tags.set('meshstack_project', 'by hand');
      vending.application.startNight();
      await vending.settle();
      await vending.application.collectCosts();
      await vending.application.callApi({ method: 'GET', path: '/usage-reports/2026-11' });
      vending.sendEvent(...of(2), ['replicationSequence', 20], gone);
      await vending.settle();
      expect((await vending.detail(uuidOf(1))).status).toBe('VENDED');
      expect((await vending.detail(uuidOf(2))).status).toBe('CLOSED');
    } finally {
      vending.stop();
    }
    expect(await recorded.denied()).toEqual([]);
    expect([...recorded.seen.keys()]).toEqual(
      expect.arrayContaining([
        'Intake',
        'Api',
        'CollectCosts',
        'RunPreflight',
        'PlanVending',
        'WakeRuns',
        'CompleteClosing',
      ]),
    );
  });

  const all = Object.keys(functions) as FunctionName[];
  const COLLECTORS: readonly FunctionName[] = [
    'CollectCosts',
    'PollMeshStack',
    'ReportToMeshStack',
    'RunPreflight',
    'WakeRuns',
  ];

  it.each(COLLECTORS)('does not let %s, which reads what others say, change a plan or a tenant', async (name) => {
    for (const partition of ['TENANT#x', 'EMAIL#x', 'ACCOUNT#x', 'GROUP#x', 'LANE#x']) {
      expect(await mayCall(name, 'dynamodb:PutItem', [partition])).toBe(false);
      expect(await mayCall(name, 'dynamodb:DeleteItem', [partition])).toBe(false);
    }
  });

  it.each(all.filter((name) => !COLLECTORS.includes(name)))(
    'does not let %s write what is collected: usage, and what is known of meshStack',
    async (name) => {
      for (const partition of ['USAGE#2026-11', 'MESHSTACK#aws.eu'])
        expect(await mayCall(name, 'dynamodb:PutItem', [partition])).toBe(false);
    },
  );

  it.each(all)(
    'lets %s do nothing in a call that names no partition, or one of others beside its own',
    async (name) => {
      for (const action of ['dynamodb:PutItem', 'dynamodb:DeleteItem', 'dynamodb:Query']) {
        expect(await mayCall(name, action, [])).toBe(false);
        expect(await mayCall(name, action, ['TENANT#x', 'OTHER#x'])).toBe(false);
      }
    },
  );
});
