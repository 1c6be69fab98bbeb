import { listVendings } from '../../../functions/ledger/runs/list-vendings';
import { readVending } from '../../../functions/ledger/runs/read-vending';
import { closeRun } from '../../../functions/ledger/runs/close-run';
import { RecordingDeadLetters, RecordingLog, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { after, TENANT } from '../../fakes/vending';
import { type Change, changed, desiredStateJson } from '../domain/examples';
import { accept, referenceTo, runIn, tenantIn, vended } from '../ledger/ledger-calls';
import { takeMessages } from './intake-world';

const eventWith = (...changes: readonly Change[]): string =>
  JSON.stringify({
    version: '0',
    source: 'meshstack.replicator',
    account: '444444444444',
    'detail-type': 'meshTenant Desired State',
    detail: changed(desiredStateJson, ...changes),
  });

const goneTenant = changed(desiredStateJson.tenant, ['status.lifecycle.state', 'MARKED_FOR_DELETION']);

describe('the intake of events', () => {
  let ledger: RecordingLedgerStore;
  let workflow: RecordingWorkflow;
  let deadLetters: RecordingDeadLetters;
  let log: RecordingLog;
  let watch: RecordingWatch;
  let seconds: number;

  beforeEach(() => {
    ledger = new RecordingLedgerStore();
    workflow = new RecordingWorkflow();
    deadLetters = new RecordingDeadLetters();
    log = new RecordingLog();
    watch = new RecordingWatch();
    seconds = 0;
  });

  const take = (...bodies: readonly string[]): Promise<readonly string[]> =>
    takeMessages({ ledger, workflow, deadLetters, log, watch, now: after(seconds) }, ...bodies);

  it('writes a desired state down and starts its run', async () => {
    expect(await take(eventWith())).toEqual([]);
    expect([...workflow.started]).toEqual([[`${TENANT}-17`, referenceTo(17)]]);
    expect(await tenantIn(ledger)).toMatchObject({ status: 'ACCEPTED', latestSequence: 17 });
    expect(ledger.lastWriteOf('DESIRED#0000000000000017')).toMatchObject({
      data: { trigger: 'event', requestedBy: 'meshstack.replicator@444444444444' },
    });
    expect(await runIn(ledger, 17)).toMatchObject({ requestedBy: 'meshstack.replicator@444444444444' });
  });

  it.each(['account', 'source'])('knows nobody where EventBridge does not say the %s of the event', async (field) => {
    const event = { ...(JSON.parse(eventWith()) as object), [field]: undefined };
    expect(await take(JSON.stringify(event))).toEqual([]);
    expect(await runIn(ledger, 17)).toMatchObject({ requestedBy: null });
  });

  it('tells of the run that follows who has sent its desired state', async () => {
    await take(eventWith());
    await take(eventWith(['replicationSequence', 18]).replace('444444444444', '555555555555'));
    await closeRun(ledger, referenceTo(17), vended, after(5));
    expect(await runIn(ledger, 18)).toMatchObject({ requestedBy: 'meshstack.replicator@555555555555' });
  });

  it('tells of a closing who has sent its deletion', async () => {
    await take(eventWith());
    await take(eventWith(['replicationSequence', 18], ['tenant', goneTenant]).replace('444444444444', '555555555555'));
    expect(ledger.lastWriteOf('DESIRED#0000000000000018')).toMatchObject({
      data: { requestedBy: 'meshstack.replicator@555555555555' },
    });
  });

  it('starts a run once, however often its event comes', async () => {
    await take(eventWith(), eventWith());
    await take(eventWith());
    expect([...workflow.started.keys()]).toEqual([`${TENANT}-17`]);
    expect(workflow.calls).toHaveLength(1);
  });

  it('lets a newer desired state wait for the run before it', async () => {
    await take(eventWith(), eventWith(['replicationSequence', 18]));
    expect([...workflow.started.keys()]).toEqual([`${TENANT}-17`]);
    expect(await tenantIn(ledger)).toMatchObject({ waitingSequence: 18 });
  });

  it('runs neither an older desired state nor one that differs under a known sequence, and says so', async () => {
    await take(eventWith());
    const before = await tenantIn(ledger);
    expect(await take(eventWith(['replicationSequence', 16]), eventWith(['tenantPlatformNumber', 43]))).toEqual([]);
    expect(await tenantIn(ledger)).toEqual(before);
    expect(workflow.calls).toHaveLength(1);
    expect(log.entries.slice(-2)).toMatchObject([
      { level: 'info', keys: { kind: 'older', tenantUuid: TENANT, replicationSequence: 16 } },
      { level: 'warn', keys: { kind: 'content-differs', tenantUuid: TENANT, replicationSequence: 17 } },
    ]);
  });

  it('remembers once, and without its people, that an event was overtaken by a newer one', async () => {
    await take(eventWith());
    seconds = 60;
    const late = eventWith(['replicationSequence', 16]);
    await take(late);
    await take(late);
    const { rows } = await listVendings(ledger, { status: 'SUPERSEDED', limit: 10 });
    expect(rows).toEqual([
      {
        tenantUuid: TENANT,
        replicationSequence: 16,
        status: 'SUPERSEDED',
        statusChangedAt: after(60).toISOString(),
        workspaceIdentifier: 'retail',
        projectIdentifier: 'webshop-dev',
        accountId: null,
        landingZone: null,
        error: null,
        supersededBy: 17,
        stoppedAt: null,
        settlesAt: null,
      },
    ]);
    const written = ledger.writes.filter(({ key }) => key.sort.endsWith('0016'));
    expect(written.map(({ key }) => key.sort)).toEqual(['DESIRED#0000000000000016']);
  });

  it('takes a deletion whatever the configuration says, and starts nothing', async () => {
    const vanished = changed(
      goneTenant,
      ['spec.landingZoneRef.name', 'vanished'],
      ['spec.platformTenantId', '444444444444'],
    );
    const gone = eventWith(['tenant', vanished], ['workspace', undefined], ['projectCreatorEmail', undefined]);
    expect(await take(gone)).toEqual([]);
    expect(await tenantIn(ledger)).toMatchObject({ status: 'CLOSED', deletion: { replicationSequence: 17 } });
    expect(workflow.calls).toEqual([]);
    expect(deadLetters.letters).toEqual([]);
  });

  it('has a look taken later at everything that it is about to write down, once for each', async () => {
    ledger.beforeNextCommit = () => Promise.reject(new Error('killed'));
    expect(await take(eventWith())).toEqual(['message-0']);
    expect(watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 17 }]);
    await take(eventWith());
    await take(eventWith());
    expect(watch.watched).toHaveLength(2);
    await take(eventWith(['tenant', goneTenant], ['replicationSequence', 18]));
    expect(watch.watched.at(-1)).toEqual({ tenantUuid: TENANT, replicationSequence: 18 });
    await take(eventWith(['projectCreatorEmail', 7], ['replicationSequence', 19]));
    expect(watch.watched).toHaveLength(3);
  });

  it('cannot be forced by an event', async () => {
    await take(eventWith());
    await take(eventWith(['replicationSequence', 16], ['force', true]));
    expect(await tenantIn(ledger)).toMatchObject({ latestSequence: 17 });
  });

  it('that comes late does not undo what a person has forced', async () => {
    await take(eventWith(['replicationSequence', 18]));
    await accept(ledger, 17, { trigger: 'api', force: true });
    expect(await take(eventWith(['replicationSequence', 18]))).toEqual([]);
    expect(await tenantIn(ledger)).toMatchObject({ latestSequence: 17 });
    expect(log.entries.at(-1)).toMatchObject({
      level: 'info',
      keys: { kind: 'overruled', tenantUuid: TENANT, replicationSequence: 18 },
    });
  });

  it('says of each event what has become of it', async () => {
    const refused = eventWith(['replicationSequence', 19], ['projectCreatorEmail', 7]);
    const gone = eventWith(['replicationSequence', 18], ['tenant', goneTenant]);
    await take(eventWith(), eventWith(), gone, refused, '{');
    const taken = { level: 'info', sentence: 'A desired state was taken' };
    expect(log.entries).toEqual([
      { ...taken, keys: { kind: 'accepted', tenantUuid: TENANT, replicationSequence: 17 } },
      { ...taken, keys: { kind: 'unchanged', tenantUuid: TENANT, replicationSequence: 17 } },
      { ...taken, keys: { kind: 'deletion', tenantUuid: TENANT, replicationSequence: 18 } },
      {
        level: 'warn',
        sentence: 'A desired state was refused',
        keys: { tenantUuid: TENANT, replicationSequence: 19, faults: 1 },
      },
      {
        level: 'warn',
        sentence: 'An event cannot be read; it is in the dead-letter queue',
        keys: { field: 'detail' },
      },
    ]);
  });

  it('starts the run that somebody left unstarted when the same event comes again', async () => {
    const start = jest.spyOn(workflow, 'start').mockRejectedValueOnce(new Error('killed'));
    expect(await take(eventWith())).toEqual(['message-0']);
    expect(await tenantIn(ledger)).toMatchObject({ activeRun: { replicationSequence: 17, run: 1 } });
    expect(await take(eventWith())).toEqual([]);
    expect(start).toHaveBeenCalledTimes(2);
    expect(await runIn(ledger, 17)).toMatchObject({ executionArn: expect.stringContaining(`${TENANT}-17`) as string });
  });

  it('starts the run that somebody left unstarted when only a newer event comes', async () => {
    jest.spyOn(workflow, 'start').mockRejectedValueOnce(new Error('killed'));
    await take(eventWith());
    expect(await take(eventWith(['replicationSequence', 18]))).toEqual([]);
    expect([...workflow.started.keys()]).toEqual([`${TENANT}-17`]);
    await closeRun(ledger, referenceTo(17), vended, after(60));
    expect(await tenantIn(ledger)).toMatchObject({ activeRun: { replicationSequence: 18, run: 1 } });
  });

  describe('of what cannot be read', () => {
    it.each([
      { what: 'no JSON', body: '{"detail":', field: 'detail', reason: 'not an EventBridge event' },
      { what: 'no event', body: '"text"', field: 'detail', reason: 'not an EventBridge event' },
      {
        what: 'an event without a detail',
        body: '{"source":"x"}',
        field: 'detail',
        reason: 'not an EventBridge event',
      },
      {
        what: 'a desired state put into the queue without its event',
        body: JSON.stringify(desiredStateJson),
        field: 'detail',
        reason: 'Put desired states on the bus',
      },
      { what: 'a detail that is a text', body: '{"detail":"x"}', field: 'detail', reason: 'detail: ' },
      {
        what: 'a tenant without uuid',
        body: eventWith(['tenant.metadata.uuid', undefined]),
        field: 'tenant.metadata.uuid',
        reason: 'tenant.metadata.uuid',
      },
      {
        what: 'a sequence that is no number',
        body: eventWith(['replicationSequence', 'seventeen']),
        field: 'replicationSequence',
        reason: 'replicationSequence',
      },
    ])('puts $what among the dead letters, with the field and the reason', async ({ body, field, reason }) => {
      expect(await take(body)).toEqual([]);
      expect(deadLetters.letters).toEqual([{ body, field, reason: expect.stringContaining(reason) as string }]);
      expect(log.entries).toEqual([
        { level: 'warn', sentence: expect.stringContaining('cannot be read') as string, keys: { field } },
      ]);
      expect(ledger.writes).toEqual([]);
      expect(workflow.calls).toEqual([]);
    });

    it('names every fault', async () => {
      await take(
        eventWith(['replicationSequence', -1], ['workspace', undefined], ['tenant.spec.landingZoneRef.name', 'x']),
      );
      const [letter] = deadLetters.letters;
      for (const field of ['replicationSequence: ', 'workspace: ', 'tenant.spec.landingZoneRef.name: ']) {
        expect(letter?.reason.split('\n')).toContainEqual(expect.stringMatching(new RegExp(`^${field}`, 'u')));
      }
    });

    it('says of the event itself that it has more faults than a letter names', async () => {
      const tags = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`t${index}`, 1]));
      await take(eventWith(['replicationSequence', -1], ['project.spec.tags', tags]));
      const lines = deadLetters.letters[0]?.reason.split('\n') ?? [];
      expect(lines).toHaveLength(101);
      expect(lines.at(-1)).toMatch(/^detail: .*more faults/u);
    });

    it('lets it come again when the dead letters do not take it', async () => {
      jest.spyOn(deadLetters, 'send').mockRejectedValueOnce(new Error('no queue'));
      expect(await take('{')).toEqual(['message-0']);
    });
  });

  describe('of what can be read and is refused', () => {
    it.each<{ what: string; change: Change; field: string }>([
      {
        what: 'an unknown landing zone',
        change: ['tenant.spec.landingZoneRef.name', 'x'],
        field: 'tenant.spec.landingZoneRef.name',
      },
      {
        what: 'a project identifier that is too long',
        change: ['tenant.metadata.ownedByProject', 'p'.repeat(31)],
        field: 'tenant.metadata.ownedByProject',
      },
      { what: 'a field of the wrong type', change: ['projectCreatorEmail', 7], field: 'projectCreatorEmail' },
      { what: 'a field that is missing', change: ['workspace', undefined], field: 'workspace' },
      {
        what: 'an account that has no such id',
        change: ['tenant.spec.platformTenantId', ''],
        field: 'tenant.spec.platformTenantId',
      },
      {
        what: 'a deletion that names no workspace',
        change: ['tenant', changed(goneTenant, ['metadata.ownedByWorkspace', undefined])],
        field: 'tenant.metadata.ownedByWorkspace',
      },
    ])('records $what as REJECTED', async ({ change, field }) => {
      expect(await take(eventWith(change))).toEqual([]);
      const view = await readVending(ledger, TENANT);
      expect(view?.tenant).toMatchObject({ status: 'REJECTED', rejection: { replicationSequence: 17 } });
      expect(view?.tenant.rejection?.faults.map((fault) => fault.field)).toContain(field);
      expect(await listVendings(ledger, { status: 'REJECTED', limit: 5 })).toMatchObject({
        rows: [{ tenantUuid: TENANT, replicationSequence: 17 }],
      });
      expect(workflow.calls).toEqual([]);
      expect(deadLetters.letters).toEqual([]);
    });

    it('never touches the last good state', async () => {
      await take(eventWith());
      await closeRun(ledger, referenceTo(17), vended, after(60));
      const good = await tenantIn(ledger);
      await take(eventWith(['replicationSequence', 18], ['projectCreatorEmail', 7]));
      expect(await tenantIn(ledger)).toEqual({
        ...good,
        rejection: expect.objectContaining({ replicationSequence: 18 }) as unknown,
      });
    });

    it('keeps the identifiers that could be read', async () => {
      await take(eventWith(['tenant.metadata.ownedByProject', 7]));
      const { rows } = await listVendings(ledger, { limit: 5 });
      expect(rows).toMatchObject([{ workspaceIdentifier: 'retail', projectIdentifier: null }]);
    });

    it('keeps the project where only the workspace could not be read', async () => {
      await take(eventWith(['tenant.metadata.ownedByWorkspace', 7]));
      const { rows } = await listVendings(ledger, { limit: 5 });
      expect(rows).toMatchObject([{ workspaceIdentifier: null, projectIdentifier: 'webshop-dev' }]);
    });

    it('lets it come again as long as its refusal is not written: no message is acknowledged before that', async () => {
      let written = false;
      ledger.beforeNextCommit = async () => {
        await new Promise((resolve) => setImmediate(resolve));
        written = true;
      };
      expect(await take(eventWith(['projectCreatorEmail', 7]))).toEqual([]);
      expect(written).toBe(true);
      expect(await tenantIn(ledger)).toMatchObject({ status: 'REJECTED' });
    });

    it('can be put down even when the refused value is beyond every number', async () => {
      expect(await take(eventWith(['meshProjectId', 1e300]))).toEqual([]);
      expect(await tenantIn(ledger)).toMatchObject({ status: 'REJECTED' });
    });
  });

  it('lets only the message come again that met a passing fault', async () => {
    const other = '7d0c1b1e-0000-4000-8000-00000000000b';
    ledger.beforeNextCommit = () => Promise.reject(new Error('throttled'));
    expect(await take(eventWith(), eventWith(['tenant.metadata.uuid', other]))).toEqual(['message-0']);
    expect([...workflow.started.keys()]).toEqual([`${other}-17`]);
    expect(log.entries).toContainEqual(expect.objectContaining({ level: 'error', keys: { messageId: 'message-0' } }));
  });

  it('knows a tenant however its uuid is spelt', async () => {
    await take(eventWith(['tenant.metadata.uuid', TENANT.toUpperCase()]), eventWith());
    expect([...workflow.started.keys()]).toEqual([`${TENANT}-17`]);
  });

  it('logs no event and no name of a person', async () => {
    await take(eventWith(), '{"detail": "jane"', eventWith(['replicationSequence', 18], ['projectCreatorEmail', 7]));
    expect(JSON.stringify(log.entries)).not.toMatch(/jane|corp\.example/);
  });
});
