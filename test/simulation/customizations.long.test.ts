import type { FaultInjector } from '../../sandbox/organization/fault-injector';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import { changed, desiredStateJson } from '../functions/domain/examples';
import { customized, network, ROLE } from '../functions/domain/example-customization';
import { buildsOf, seedFor } from './customizations';
import { plainConfiguration, SimulatedVending, type SimulationOptions } from './simulated-vending';

describe('a landing zone with a customization', () => {
  let simulation: SimulatedVending;
  afterEach(() => {
    simulation.stop();
  });

  const begin = async (
    customizations: readonly object[] = [network()],
    options: SimulationOptions = {},
  ): Promise<SimulatedVending> => {
    const configuration = plainConfiguration(customized(...customizations));
    simulation = new SimulatedVending({ configuration, seed: seedFor(configuration), ...options });
    simulation.sendEvent();
    await simulation.settle();
    return simulation;
  };

  const changesIn = async (): Promise<readonly string[]> =>
    (await simulation.detail()).timeline.flatMap(({ changes }) =>
      changes.filter(({ what }) => what.startsWith('customization')).map(({ what, to }) => `${what}: ${to ?? ''}`),
    );

  it('has its commands run for the account, by a role of its own, and shows what they have made', async () => {
    await begin();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', lastError: null });
    const [account] = simulation.madeAccounts;
    expect(await changesIn()).toEqual([
      `customization network: applied: NETWORK_ID = net-webshop-dev-${account?.id ?? ''}-10.0.0.0/16`,
    ]);
    expect(account?.roles.get(ROLE)?.trust.document).toContain('role/account-vending-build-network-');
    const remarks = (await simulation.detail()).timeline.map(({ remark }) => remark ?? '');
    expect(remarks).toContainEqual(expect.stringMatching(/ended well\. Its log: https:\/\//u));
    expect(buildsOf(simulation)).toHaveLength(1);
  });

  it('runs it no more while nothing changes, and once more for another content', async () => {
    await begin();
    simulation.sendEvent(['replicationSequence', 18]);
    await simulation.settle();
    expect(buildsOf(simulation)).toHaveLength(1);

    await simulation.release(plainConfiguration(customized(network({ timeLimitMinutes: 60 }))));
    simulation.sendEvent(['replicationSequence', 19]);
    await simulation.settle();
    expect(buildsOf(simulation)).toHaveLength(1);

    await simulation.release(plainConfiguration(customized(network({ environment: { CIDR: '10.1.0.0/16' } }))));
    simulation.sendEvent(['replicationSequence', 20]);
    await simulation.settle();
    expect(buildsOf(simulation)).toHaveLength(2);
    expect((await changesIn()).at(-1)).toMatch(/10\.1\.0\.0/u);
  });

  it('runs several in their order, and none after one that fails', async () => {
    const second = network({ name: 'second', command: 'echo "no such subnet" >&2; exit 3', outputs: [] });
    const third = network({ name: 'third' });
    await begin([network(), second, third]);
    expect(await simulation.detail()).toMatchObject({
      status: 'FAILED',
      lastError: {
        name: 'CustomizationError',
        message: expect.stringMatching(
          /^The customization "second" has failed .*no such subnet.* Its log: https:/su,
        ) as unknown,
        remedy: expect.stringContaining('replay this run') as unknown,
      },
    });
    expect(buildsOf(simulation).map(({ project }) => project.name.replace(/.*-(\w+)-\w+$/u, '$1'))).toEqual([
      'network',
      'second',
    ]);
  });

  it('runs a failed one again when it is replayed, with the commands that are configured by then', async () => {
    await begin([network({ command: 'exit 1' })]);
    expect(await simulation.detail()).toMatchObject({ status: 'FAILED', lastError: { name: 'CustomizationError' } });
    await simulation.release(plainConfiguration(customized(network())));
    await simulation.replay();
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(buildsOf(simulation)).toHaveLength(2);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('starts one build, although a step is killed at effect %d', async (killed) => {
    let effects = 0;
    const onEffect = ({ function: name, write }: Effect): 'kill' | 'go-on' => {
      if (!['CustomizeAccount', 'CheckCustomizations'].includes(name) || !write) return 'go-on';
      effects += 1;
      return effects === killed ? 'kill' : 'go-on';
    };
    await begin([network()], { onEffect });
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(buildsOf(simulation)).toHaveLength(1);
    expect(effects).toBeGreaterThan(killed);
  });

  it('finds a build whose answer was lost, although its token is valid no more', async () => {
    let losses = 1;
    const faults: FaultInjector = {
      beforeCall: ({ operation }) => {
        if (operation !== 'StartBuild' || losses === 0) return undefined;
        losses -= 1;
        return { kind: 'lost-answer' };
      },
    };
    await begin([network()], { faults });
    expect(losses).toBe(0);
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    expect(buildsOf(simulation)).toHaveLength(1);
  });

  it('waits where CodeBuild has no room', async () => {
    const configuration = plainConfiguration(customized(network()));
    simulation = new SimulatedVending({ configuration, seed: seedFor(configuration), limits: { builds: 0 } });
    simulation.sendEvent();
    await simulation.pass(3600);
    const remarks = (await simulation.detail()).timeline.map(({ remark }) => remark ?? '');
    expect(remarks).toContainEqual('CodeBuild has no room for the customization network yet.');
    expect(buildsOf(simulation)).toHaveLength(0);
  });

  it('says why it has failed where its source is not there', async () => {
    await begin([network({ source: { type: 's3', location: 'scripts-of-corp/gone.zip', version: 'v1' } })]);
    expect((await simulation.detail()).lastError?.message).toMatch(/FAILED in DOWNLOAD_SOURCE/u);
  });

  it('takes back what it has made before the account is taken out of use, the last one first', async () => {
    const destroy = { command: 'test -n "$VENDING_STATE_KEY"; grep -q webshop-dev vending.auto.tfvars.json' };
    await begin([network({ destroy }), network({ name: 'second', destroy }), network({ name: 'kept' })]);
    simulation.sendEvent(['replicationSequence', 19], ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']);
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED' });
    expect((await changesIn()).slice(-2)).toEqual([
      'customization second: destroyed',
      'customization network: destroyed',
    ]);
    expect(buildsOf(simulation)).toHaveLength(5);
  });

  it('shows in a dry run what would be run, and runs nothing', async () => {
    await begin();
    await simulation.release(plainConfiguration(customized(network({ environment: { CIDR: '10.1.0.0/16' } }))));
    const { body } = await simulation.application.callApi({
      method: 'POST',
      path: '/vendings',
      query: { dryRun: 'true' },
      body: changed(desiredStateJson, ['replicationSequence', 21]),
    });
    expect(body).toMatchObject({
      changes: [{ state: 'CustomizeAccount', what: 'customization network', to: 'applied' }],
    });
    expect(buildsOf(simulation)).toHaveLength(1);
  });
});
