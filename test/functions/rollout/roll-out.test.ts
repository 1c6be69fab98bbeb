import type { RolloutRecord } from '../../../functions/domain/rollout/rollout';
import { beginPlanning, changeRollout, readRollout } from '../../../functions/ledger/rollout/rollouts';
import { writeRolloutTenants } from '../../../functions/ledger/rollout/rollout-tenants';
import { compose } from '../../../functions/rollout/handler';
import { RecordingLog, RecordingMetrics, RecordingOutcomes, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { after, NOW } from '../../fakes/vending';
import { MEMBER, OrganizationWorld } from '../aws/organization-world';
import { type Change, configuration } from '../domain/examples';
import { endedTenant, ID, member, memberIn, rollout } from './rollout-world';

const HOUR = 3600;

describe('RollOut', () => {
  let ledger: RecordingLedgerStore;
  let workflow: RecordingWorkflow;
  let outcomes: RecordingOutcomes;
  let metrics: RecordingMetrics;
  let log: RecordingLog;
  let sent: { readonly part: object; readonly delaySeconds: number }[];
  let seconds: number;
  let world: OrganizationWorld | undefined;

  beforeEach(() => {
    ledger = new RecordingLedgerStore();
    workflow = new RecordingWorkflow();
    outcomes = new RecordingOutcomes();
    metrics = new RecordingMetrics();
    log = new RecordingLog();
    sent = [];
    seconds = 0;
    world = undefined;
  });

  const send = (part: object, delaySeconds: number): Promise<void> => {
    sent.push({ part, delaySeconds });
    return Promise.resolve();
  };

  /** Hands messages over, and gives the ids of those that are to come again. */
  const deliver = async (
    bodies: readonly unknown[],
    {
      changes = [],
      sending = send,
    }: {
      readonly changes?: readonly Change[];
      readonly sending?: typeof send;
    } = {},
  ): Promise<readonly string[]> => {
    const caller = world?.caller();
    const rollOut = compose(
      {
        environment: (name) => (name === 'MANAGEMENT_ROLE_ARN' ? (caller?.managementRoleArn() ?? '') : name),
        now: () => after(seconds),
        log,
        ledger,
        metrics,
        watch: new RecordingWatch(),
        wait: () => Promise.resolve(),
        secrets: caller?.secrets ?? {
          externalId: () => Promise.resolve(''),
          scimAccessToken: () => Promise.resolve(''),
        },
        aws: caller?.settings ?? {},
      },
      {
        configuration: configuration(...changes),
        configurationAt: () => Promise.resolve(configuration()),
        previews: {
          preview: () => Promise.resolve({ changes: [], refusal: null }),
        },
        workflow,
        watch: new RecordingWatch(),
        outcomes,
        rollouts: { send: sending },
      },
    );
    const Records = bodies.map((body, index) => ({
      messageId: `m-${index}`,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }));
    const { batchItemFailures } = await rollOut({ Records });
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };

  const begin = async (changes: Partial<RolloutRecord> = {}): Promise<void> => {
    await beginPlanning(ledger, rollout(changes), NOW);
  };

  const known = async (): Promise<RolloutRecord> => {
    const record = await readRollout(ledger, ID);
    if (record === undefined) throw new Error('There is no rollout.');
    return record;
  };

  const PART = { id: ID, part: 0 };

  it('plans a part, and has the next one come when this one is written down', async () => {
    await begin();
    const first = await endedTenant(ledger, 1);
    expect(await deliver([{ ...PART, ofNewerRelease: true }])).toEqual([]);
    expect(await known()).toEqual(rollout({ part: 1, list: 'FAILED', movedAt: NOW.toISOString() }));
    expect(sent).toEqual([{ part: { id: ID, part: 1, ofNewerRelease: true }, delaySeconds: 5 }]);
    expect(await memberIn(ledger, first)).toMatchObject({ state: 'UNCHANGED' });
  });

  it('sums up, and then waits for a person', async () => {
    await begin({ status: 'SUMMING' });
    await deliver([PART]);
    expect(await known()).toMatchObject({ status: 'PLANNED', part: 1 });
    expect(sent).toEqual([]);
    expect(outcomes.rolloutEvents).toEqual([]);
  });

  it('comes again where it cannot be read, and takes the others', async () => {
    await begin({ status: 'SUMMING' });
    expect(await deliver(['{', { part: 0 }, { id: ID, part: -1 }, { id: ID, part: 0.5 }, PART])).toEqual([
      'm-0',
      'm-1',
      'm-2',
      'm-3',
    ]);
    expect(await known()).toMatchObject({ status: 'PLANNED' });
    expect(log.entries).toHaveLength(4);
    expect(log.entries[0]).toEqual({
      level: 'error',
      sentence: 'A rollout could not go on now; it will be tried again',
      keys: { messageId: 'm-0' },
      cause: expect.any(SyntaxError) as Error,
    });
  });

  it('is dropped where it was worked off, or where a person is waited for', async () => {
    await begin({ status: 'PAUSED' });
    const written = ledger.writes.length;
    expect(await deliver([PART])).toEqual([]);
    expect(log.entries).toEqual([
      {
        level: 'info',
        sentence: 'This part of the rollout is done, or the rollout waits for a person',
        keys: PART,
      },
    ]);
    expect(ledger.writes).toHaveLength(written);
    expect(sent).toEqual([]);
  });

  it('comes again while another function is at work on it', async () => {
    await begin({ takenUntil: after(1).toISOString() });
    expect(await deliver([PART])).toEqual(['m-0']);
    expect(log.entries[0]?.cause).toMatchObject({
      name: 'TransientError',
      message: `Part 0 of the rollout ${ID} is being worked on.`,
    });
  });

  describe('that is carried out', () => {
    const running = (changes: Partial<RolloutRecord> = {}): Promise<void> => begin({ status: 'RUNNING', ...changes });

    it('looks again when a run may have ended', async () => {
      const first = await endedTenant(ledger, 1);
      await writeRolloutTenants(ledger, ID, [member(first)]);
      await running();
      await deliver([PART]);
      expect(await known()).toMatchObject({
        running: [first],
        movedAt: NOW.toISOString(),
      });
      expect(sent).toEqual([{ part: { id: ID, part: 1 }, delaySeconds: 20 }]);
      seconds = 60;
      await deliver([{ id: ID, part: 1 }]);
      expect(sent.at(-1)).toEqual({
        part: { id: ID, part: 2 },
        delaySeconds: 60,
      });
      expect(await known()).toMatchObject({ movedAt: NOW.toISOString() });
      expect(metrics.measurements).toEqual([]);
    });

    it('knows when something has moved last', async () => {
      for (const number of [1, 2]) await writeRolloutTenants(ledger, ID, [member(await endedTenant(ledger, number))]);
      await running({ limits: { ...rollout().limits, mostTenantsPerHour: 1 } });
      await deliver([PART]);
      seconds = HOUR;
      await deliver([{ id: ID, part: 1 }]);
      expect(await known()).toMatchObject({ movedAt: after(HOUR).toISOString() });
    });

    it('goes on at once where its last run has ended', async () => {
      await writeRolloutTenants(ledger, ID, [
        member('gone', {
          state: 'RUNNING',
          run: { replicationSequence: 1, run: 1 },
        }),
      ]);
      await running({ running: ['gone'], wave: 1 });
      await deliver([PART]);
      expect(await known()).toMatchObject({ running: [], overtaken: 1 });
      expect(sent).toEqual([{ part: { id: ID, part: 1 }, delaySeconds: 5 }]);
    });

    it('tells that a wave has ended, and which', async () => {
      await running({ wave: 1 });
      await deliver([PART]);
      expect(await known()).toMatchObject({ wave: 2, part: 1 });
      expect(outcomes.rolloutEvents).toMatchObject([
        {
          type: 'Rollout Wave Ended',
          detail: { rolloutId: ID, wave: 1, by: null, at: NOW.toISOString() },
        },
      ]);
      expect(metrics.measurements).toEqual([]);
    });

    const judged = { ended: 4, failed: 2, unexpected: 0 };

    it('tells that it has stopped, for people and for an alarm', async () => {
      await running({ wave: 1, judged });
      await deliver([PART]);
      expect(await known()).toMatchObject({ status: 'STOPPED', part: 1 });
      expect(outcomes.rolloutEvents).toMatchObject([
        { type: 'Rollout Stopped', detail: { wave: 1, status: 'STOPPED' } },
      ]);
      expect(metrics.measurements).toMatchObject([{ name: 'StoppedRollouts', value: 1 }]);
      expect(sent).toEqual([]);
    });

    it('tells that it has ended', async () => {
      await running({ wave: 4, list: 'FAILED' });
      await deliver([PART]);
      expect(await known()).toMatchObject({
        status: 'ENDED',
        endedAt: NOW.toISOString(),
      });
      expect(outcomes.rolloutEvents).toMatchObject([{ type: 'Rollout Ended', detail: { status: 'ENDED' } }]);
      expect(metrics.measurements).toEqual([]);
    });

    it('tells an alarm that nothing moves', async () => {
      const first = await endedTenant(ledger, 1);
      await writeRolloutTenants(ledger, ID, [member(first)]);
      await running();
      await deliver([PART]);
      seconds = 3 * HOUR;
      await deliver([{ id: ID, part: 1 }]);
      expect(metrics.measurements).toEqual([]);
      seconds = 3 * HOUR + 1;
      await deliver([{ id: ID, part: 2 }]);
      expect(metrics.measurements).toMatchObject([{ name: 'StuckRollouts', value: 1 }]);
    });

    it('tells no alarm that nothing moves of one that moves again', async () => {
      const run = { replicationSequence: 1, run: 1 };
      await writeRolloutTenants(ledger, ID, [member('gone', { state: 'RUNNING', run })]);
      await running({ running: ['gone', 'other'], movedAt: after(-4 * HOUR).toISOString() });
      await deliver([PART]);
      expect(await known()).toMatchObject({ running: ['other'], movedAt: NOW.toISOString() });
      expect(metrics.measurements).toEqual([]);
    });

    it('goes on with no part of which nobody can be told', async () => {
      await running({ wave: 1 });
      jest.spyOn(outcomes, 'publish').mockRejectedValueOnce(new Error('The bus is away.'));
      expect(await deliver([PART])).toEqual(['m-0']);
      expect(sent).toEqual([]);
    });

    it('is not written down where nobody can be told', async () => {
      await running({ judged });
      jest.spyOn(outcomes, 'publish').mockRejectedValueOnce(new Error('The bus is away.'));
      expect(await deliver([PART])).toEqual(['m-0']);
      expect(await known()).toMatchObject({ status: 'RUNNING', part: 0 });
    });

    it('is not written down where the next part cannot be sent', async () => {
      await running();
      const sending = (): Promise<void> => Promise.reject(new Error('The queue is away.'));
      expect(await deliver([PART], { sending })).toEqual(['m-0']);
      expect(await known()).toMatchObject({ wave: 0, part: 0 });
    });
  });

  describe('of the landing zone', () => {
    const kind = 'landing-zone' as const;
    const BY_MOVE = { strategy: 'auto-enroll', region: 'eu-central-1', managementAccountId: '222222222222' };
    const NOBODY: readonly Change[] = [
      ['platform.enrollmentConfiguration', undefined],
      ['landingZone.awsEnrollAccount', false],
    ];

    it('is refused where the configuration enrolls nobody', async () => {
      await begin({ kind });
      await deliver([PART], { changes: NOBODY });
      expect(await known()).toMatchObject({
        status: 'REFUSED',
        reason: expect.stringContaining('enrolls no account') as string,
      });
    });

    it('is planned by what Control Tower says', async () => {
      world = new OrganizationWorld({
        seed: { controlTower: { version: '4.0' } },
      });
      await begin({ kind });
      expect(await deliver([PART])).toEqual([]);
      expect(await known()).toMatchObject({
        landingZone: { version: '4.0', baselineVersion: '5.0' },
        cursor: '0/0',
      });
      expect(world.organization.calls.map(({ operation }) => operation)).toContain('ListEnabledBaselines');
      expect(sent).toEqual([{ part: { id: ID, part: 1 }, delaySeconds: 5 }]);
    });

    it('tells that its last wave has ended, and then that all has', async () => {
      const units = ['ou-1'].map((id) => ({
        id,
        arn: id,
        baseline: id,
        version: '5.0',
        accounts: 1,
        behind: 0,
      }));
      const landingZone = {
        version: '4.0',
        baselineVersion: '5.0',
        updatedAt: null,
        regions: 1,
        units,
        single: 0,
        operation: null,
        pace: { expected: 0, taken: 0 },
      };
      await begin({ kind, status: 'RUNNING', startedAt: NOW.toISOString(), landingZone });
      await deliver([PART]);
      expect(outcomes.rolloutEvents).toMatchObject([
        { type: 'Rollout Wave Ended', detail: { wave: 0 } },
        { type: 'Rollout Ended', detail: { wave: 1 } },
      ]);
    });

    it.each([true, false])(
      'updates accounts of large units one by one, where there is a product for that: %s',
      async (hasProduct) => {
        world = new OrganizationWorld({ seed: { controlTower: { version: '4.0' } } });
        const unitId = 'ou-ab12-prod0001';
        world.organization.state.inheritedBaselines.set(MEMBER, { unitId, status: 'FAILED' });
        const account = world.organization.state.accounts.get(MEMBER);
        if (account !== undefined) account.parentId = unitId;
        await begin({ kind });
        await deliver([PART]);
        const planned = await known();
        const units = planned.landingZone?.units.map((unit) => ({ ...unit, accounts: 2000 })) ?? [];
        const at = units.findIndex(({ id }) => id === unitId);
        await changeRollout(ledger, ID, (record) => ({
          ...record,
          ...(record.landingZone === undefined ? {} : { landingZone: { ...record.landingZone, units } }),
          cursor: `${at}/0`,
        }));
        const changes: readonly Change[] = hasProduct ? [] : [['platform.enrollmentConfiguration', BY_MOVE]];
        expect(await deliver([{ id: ID, part: 1 }], { changes })).toEqual([]);
        expect(await memberIn(ledger, MEMBER)).toMatchObject({ state: hasProduct ? 'WAITING' : 'REFUSED' });
      },
    );

    it('is carried out by operations of Control Tower', async () => {
      await begin({ kind, status: 'RUNNING', startedAt: NOW.toISOString() });
      await deliver([PART], { changes: NOBODY });
      expect(await known()).toMatchObject({
        status: 'STOPPED',
        reason: 'platform.json has no enrollmentConfiguration any more.',
      });
    });
  });
});
