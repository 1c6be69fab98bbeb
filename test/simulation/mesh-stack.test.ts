import { compose as composePoll } from '../../functions/meshstack/poll/handler';
import { compose as composeReport } from '../../functions/meshstack/report/handler';
import { MeshStackSchema } from '../../functions/domain/configuration/mesh-stack-configuration';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import type { FunctionName } from '../../infra/names';
import type { Runtime } from '../../functions/runtime/environment';
import { type BlockRun, MeshStackModel } from '../../sandbox/runtime/meshstack/mesh-stack-model';
import { MeshStackServer } from '../../sandbox/runtime/meshstack/mesh-stack-server';
import { NewerLedger } from '../fakes/newer-ledger';
import { RecordingMetrics, RecordingWatch } from '../fakes/recording-edges';
import { RecordedCalls } from './ledger-rights';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const KEY = { clientId: 'key-1', clientSecret: 'secret-1' };

function meshStackConfiguration(): Configuration {
  const plain = plainConfiguration();
  const meshStack = MeshStackSchema.parse({
    endpoint: 'https://meshstack.example',
    platformIdentifier: 'aws.eu',
    platformUuid: '5b0c1b1e-0000-4000-8000-000000000002',
    contactEmail: 'platform@corp.example',
    buildingBlockRunnerUuid: '0a0c1b1e-0000-4000-8000-00000000000a',
  });
  return { ...plain, platform: { ...plain.platform, meshStack } };
}

describe('meshStack and the whole application', () => {
  afterAll(async () => {
    // Its functions may do with the ledger what they have done in all these tests.
    const denied = await recorded.denied();
    if (denied.length > 0 || recorded.seen.size !== 2)
      throw new Error(`Of ${recorded.seen.size} functions: ${denied.join(', ')}`);
  });

  const configuration = meshStackConfiguration();
  let vending: SimulatedVending;
  let ledger: NewerLedger;
  const recorded = new RecordedCalls();
  let model: MeshStackModel;
  let server: MeshStackServer;
  let poll: () => Promise<unknown>;
  let report: (tenantUuid: string) => Promise<unknown>;

  beforeEach(() => {
    ledger = new NewerLedger();
    vending = new SimulatedVending({ configuration, ledger });
    const now = (): Date => new Date();
    model = new MeshStackModel('aws.eu', now);
    server = new MeshStackServer({ model, key: KEY, now });
    let polls = 0;
    const deps = {
      configuration,
      apiKey: () => Promise.resolve(JSON.stringify(KEY)),
      newId: () => `poll-${(polls += 1)}`,
      send: server.respond,
    };
    const runtime: Runtime = {
      environment: () => 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:meshstack',
      now,
      wait: () => Promise.resolve(),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      metrics: new RecordingMetrics(),
      ledger: vending.application.ledger,
      secrets: { externalId: () => Promise.resolve(''), scimAccessToken: () => Promise.resolve('') },
      watch: new RecordingWatch(),
      aws: {},
    };
    const publish = (desiredState: unknown): Promise<void> => {
      vending.application.sendEvent(JSON.parse(JSON.stringify(desiredState)));
      return Promise.resolve();
    };
    const as = (name: FunctionName): Runtime => ({ ...runtime, ledger: recorded.storeOver(runtime.ledger, name) });
    const polling = composePoll(as('PollMeshStack'), { ...deps, publisher: { publish } });
    const reporting = composeReport(as('ReportToMeshStack'), deps);
    poll = () => polling({});
    report = (tenantUuid) => reporting({ detail: { tenantUuid, replicationSequence: 0, run: 1 } });
    for (const user of ['jane', 'omar']) model.addUser(user);
    model.addWorkspace('retail');
    model.addProject('retail', 'webshop-dev', null, { environment: ['dev'] });
    model.addUserRole('retail', 'webshop-dev', 'jane', 'Project Admin');
  });
  afterEach(() => {
    vending.stop();
    // A field of a newer release in what is known of meshStack.
    if (ledger.lost.size > 0) throw new Error(`Lost with a write: ${[...ledger.lost].join(', ')}`);
  });

  const passMinutes = async (minutes: number): Promise<void> => {
    let isOver = false;
    // Virtual time passes from timer to timer.
    setTimeout(() => {
      isOver = true;
    }, minutes * 60_000);
    await vending.until(() => isOver);
  };

  it.each(['v4', 'v4-preview'] as const)('vends what is ordered there in %s, to its end', async (version) => {
    server.tenants = version;
    // The building block's definition says that this output is the id of the tenant.
    model.tenantIdOutput = 'accountId';
    const tenant = model.orderTenant('retail', 'webshop-dev', 'aws-dev');
    const ordered = model.requestRun(tenant, 'APPLY');
    await poll();
    expect(model.blockRuns.get(ordered)?.status).toBe('IN_PROGRESS');
    await vending.settle();
    await report(tenant);
    const [account] = vending.madeAccounts;
    expect(vending.madeAccounts).toHaveLength(1);
    expect(standing(ordered)).toEqual({ status: 'SUCCEEDED', accountId: account?.id });

    model.changeProjectTags('retail', 'webshop-dev', { environment: ['prod'] });
    const changed = model.requestRun(tenant, 'APPLY');
    await passMinutes(5);
    await poll();
    expect(standing(changed).status).toBe('IN_PROGRESS');
    await vending.settle();
    await passMinutes(5);
    await poll();
    expect(standing(changed)).toEqual({ status: 'SUCCEEDED', accountId: account?.id });
    expect(vending.outcomes.map(({ type }) => type)).toEqual(['Account Vended', 'Account Vended']);

    model.markForDeletion(tenant);
    const end = model.requestRun(tenant, 'DESTROY');
    await passMinutes(5);
    await poll();
    await vending.settle();
    await report(tenant);
    await passMinutes(5);
    await poll();
    expect(standing(end)).toEqual({ status: 'SUCCEEDED', accountId: account?.id });
    expect(await vending.detail(tenant)).toMatchObject({ status: 'CLOSED', account: { id: account?.id } });
    model.delete(tenant);
    await passMinutes(5);
    await poll();
    await vending.settle();
    expect(await vending.detail(tenant)).toMatchObject({ status: 'CLOSED' });
    expect(vending.madeAccounts).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });

  it('takes the account that a building block has set in meshStack for the one that the tenant has', async () => {
    model.tenantIdOutput = 'accountId';
    const tenant = model.orderTenant('retail', 'webshop-dev', 'aws-dev');
    model.requestRun(tenant, 'APPLY');
    await poll();
    await vending.settle();
    await report(tenant);
    const [account] = vending.madeAccounts;
    expect(model.tenants.get(tenant)?.platformTenantId).toBe(account?.id);
    const before = vending.organization.calls.length;

    await passMinutes(24 * 60);
    await poll();
    await vending.settle();

    expect(vending.outcomes.map(({ type }) => type)).toEqual(['Account Vended', 'Account Vended']);
    expect(await vending.detail(tenant)).toMatchObject({
      status: 'VENDED',
      account: { id: account?.id, imported: false },
    });
    const writes = vending.organization.calls.slice(before).filter(({ write, service }) => write && service !== 'sts');
    expect(writes).toEqual([]);
  });

  it('says there what is wrong with an order that cannot be carried out', async () => {
    const tenant = model.orderTenant('retail', 'webshop-dev', 'no-such-zone');
    const ordered = model.requestRun(tenant, 'APPLY');

    await poll();
    await vending.settle();
    await report(tenant);

    expect(standing(ordered).status).toBe('FAILED');
    expect(String(runOf(ordered).steps[0]?.['systemMessage'])).toMatch(/landingZoneRef\.name/u);
    expect(vending.madeAccounts).toEqual([]);
  });

  function runOf(uuid: string): BlockRun {
    const run = model.blockRuns.get(uuid);
    if (run === undefined) throw new Error(`There is no run ${uuid}.`);
    return run;
  }

  function standing(uuid: string): { readonly status: string; readonly accountId: unknown } {
    const { status, steps } = runOf(uuid);
    const account = steps.find(({ id }) => id === 'account') as
      | { readonly outputs?: { readonly accountId?: { readonly value: unknown } } }
      | undefined;
    return { status, accountId: account?.outputs?.accountId?.value };
  }
});
