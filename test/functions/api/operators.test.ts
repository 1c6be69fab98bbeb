import {
  ConfigurationAnswerSchema,
  DesiredStateDetailSchema,
  DesiredStateListSchema,
  LaneListSchema,
  ReindexedSchema,
  ReplaysSchema,
  RunListSchema,
  RunSchema,
  SummarySchema,
  TenantEventListSchema,
  WaiterListSchema,
} from '../../../functions/api/operator-responses';
import { VendingListSchema } from '../../../functions/api/responses';
import { configurationHash } from '../../../functions/domain/configuration/configuration-hash';
import { TransientError } from '../../../functions/domain/base/errors';
import { kindOf } from '../../../functions/domain/run/run-history';
import { releaseFirst } from '../../../functions/ledger/rollout/releases';
import { finishPreflight, startPreflight } from '../../../functions/ledger/fleet/preflights';
import { contentKey, desiredStateKey, historyKey, runKey, tenantKey } from '../../../functions/ledger/base/keys';
import { claimPart, finishPart } from '../../../functions/ledger/fleet/reconciliation-run';
import { ledgerApprovals } from '../../../functions/ledger/runs/approvals';
import { pinPlan } from '../../../functions/ledger/runs/pin-plan';
import { grantTurns } from '../../../functions/ledger/queue/grant-turns';
import { joinLane } from '../../../functions/ledger/queue/join-lane';
import { closeRun } from '../../../functions/ledger/runs/close-run';
import { openRun } from '../../../functions/ledger/runs/open-run';
import { rememberStop } from '../../../functions/ledger/runs/run-stop';
import { startRun } from '../../../functions/ledger/runs/start-run';
import { recordStep } from '../../../functions/ledger/runs/record-step';
import { ACCOUNT_CREATION } from '../../../functions/domain/queue/lanes';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingWatch } from '../../fakes/recording-edges';
import { after, NOW, plan, tenant, TENANT } from '../../fakes/vending';
import { configuration } from '../domain/examples';
import { overwrite, referenceTo, runIn, stepError, tenantIn } from '../ledger/ledger-calls';
import { type ApiAnswer, ApiWorld, CALLER, detailOf, expectProblem } from './api-world';

const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-0000000000${index + 10}`;

describe('the API for operators', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  const get = (
    resource: string,
    pathParameters: Readonly<Record<string, string>> = {},
    queryStringParameters: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer> => api.call({ httpMethod: 'GET', resource, pathParameters, queryStringParameters });

  const send = (resource: string, queryStringParameters: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> =>
    api.call({ httpMethod: 'POST', resource, queryStringParameters });

  /** Sequence 17 was run twice, and 18 once. */
  async function history(): Promise<void> {
    await api.post();
    await closeRun(api.ledger, referenceTo(17), { status: 'FAILED', error: rejected }, after(60));
    await api.replay();
    await closeRun(api.ledger, referenceTo(17, 2), { status: 'VENDED' }, after(120));
    await api.post(null, ['replicationSequence', 18], ['projectCreatorEmail', 'joe@corp.example']);
  }

  const rejected = { ...stepError, name: 'RejectedError' };
  const transient = { ...stepError, name: 'TransientError' };

  describe('GET /vendings with filters', () => {
    beforeEach(async () => {
      for (const index of [0, 1, 2]) {
        api.seconds = index;
        await api.post(null, ['tenant.metadata.uuid', uuidOf(index)], ['tenant.metadata.ownedByProject', `p${index}`]);
      }
      const end = { status: 'FAILED', error: transient } as const;
      await closeRun(api.ledger, referenceTo(17, 1, uuidOf(0)), end, after(10));
    });

    const found = async (query: Readonly<Record<string, string>>): Promise<readonly string[]> =>
      VendingListSchema.parse((await api.list(query)).body).vendings.map(({ tenantUuid }) => tenantUuid);

    it.each([
      { query: { workspace: 'retail' }, rows: [2, 1, 0] },
      { query: { workspace: 'payments' }, rows: [] },
      { query: { project: 'p1' }, rows: [1] },
      { query: { workspace: 'retail', project: 'p1', status: 'FAILED' }, rows: [] },
      { query: { landingZone: 'aws-dev' }, rows: [2, 1, 0] },
      { query: { error: 'TransientError' }, rows: [0] },
      { query: { error: 'TransientError', since: '2026-11-24T10:00:11Z' }, rows: [] },
      { query: { since: '2026-11-24T11:00:02+01:00' }, rows: [0, 2] },
      { query: { since: '2026-11-24' }, rows: [0, 2, 1] },
      { query: { accountId: '444444444444' }, rows: [] },
    ])('lists those of $query', async ({ query, rows }) => {
      expect(await found(query)).toEqual(rows.map(uuidOf));
    });

    it('says by which error the last run has failed, and the landing zone', async () => {
      const { vendings } = VendingListSchema.parse((await api.list({ error: 'TransientError' })).body);
      expect(vendings[0]).toMatchObject({ error: 'TransientError', landingZone: 'aws-dev', status: 'FAILED' });
    });

    it.each([
      { query: { since: 'yesterday' }, fields: ['since'] },
      { query: { since: '2026-11-24T10:00:11' }, fields: ['since'] },
      { query: { since: '2026-13-24' }, fields: ['since'] },
      { query: { workspace: '', status: 'x' }, fields: ['status', 'workspace'] },
      { query: { accountId: '1', email: 'a@b.example' }, fields: ['email'] },
      { query: { workspace: 'retail', cursor: 'x' }, fields: ['cursor'] },
    ])('refuses $query: 400', async ({ query, fields }) => {
      expectProblem(await api.list(query), 400, 'invalid-request', ...fields);
    });
  });

  describe('runs of a tenant', () => {
    beforeEach(history);

    it('are listed, newest first, in pages that join', async () => {
      const rows: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query: Readonly<Record<string, string>> = cursor === '' ? { limit: '1' } : { limit: '1', cursor };
        const answer = await get('/vendings/{tenantUuid}/runs', { tenantUuid: TENANT.toUpperCase() }, query);
        const page = RunListSchema.parse(answer.body);
        rows.push(
          ...page.runs.map(({ replicationSequence, run, status }) => `${replicationSequence}-${run} ${status}`),
        );
        cursor = page.cursor;
      }
      expect(rows).toEqual(['18-1 ACCEPTED', '17-2 VENDED', '17-1 FAILED']);
    });

    it('are listed by their numbers where there are ten and more', async () => {
      await closeRun(api.ledger, referenceTo(18), { status: 'FAILED', error: rejected }, after(200));
      for (let run = 2; run <= 11; run += 1) {
        await api.replay();
        await closeRun(api.ledger, referenceTo(18, run), { status: 'FAILED', error: rejected }, after(200 + run));
      }
      const { runs } = RunListSchema.parse((await get('/vendings/{tenantUuid}/runs', { tenantUuid: TENANT })).body);
      expect(runs.map(({ run }) => run)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 2, 1]);
    });

    it('are read one by one, with their timelines and errors', async () => {
      const answer = await get('/vendings/{tenantUuid}/runs/{run}', { tenantUuid: TENANT, run: '17-1' });
      const run = RunSchema.parse(answer.body);
      expect(run).toMatchObject({ tenantUuid: TENANT, run: 1, status: 'FAILED', error: rejected, timeline: [] });
    });

    it('are told with all that is known of them', async () => {
      const run = {
        replicationSequence: 17,
        run: 1,
        workflow: 'close-account',
        status: 'FAILED',
        executionArn: 'arn',
        startedAt: after(1).toISOString(),
        resumedAt: after(2).toISOString(),
        finishedAt: after(3).toISOString(),
        error: rejected,
        supersededBy: 19,
        reconciledIn: '2026-11-25',
        configurationHash: 'hash',
        requestedBy: 'jane',
        replayedBy: 'joe',
        stoppedBy: 'jim',
      };
      await overwrite(api.ledger, runKey(TENANT, 17, 1), { ...run, steps: [] });
      const { body } = await get('/vendings/{tenantUuid}/runs', { tenantUuid: TENANT });
      expect(RunListSchema.parse(body).runs.at(-1)).toEqual(run);
      const one = await get('/vendings/{tenantUuid}/runs/{run}', { tenantUuid: TENANT, run: '17-1' });
      expect(one.body).toEqual({ tenantUuid: TENANT, ...run, approval: null, timeline: [] });
    });

    it('tell all that was found where they have only looked, more than an event has room for', async () => {
      const changes = Array.from({ length: 200 }, (_, index) => ({
        state: 'TagAccount',
        what: `tag ${index}`,
        from: null,
        to: 'x'.repeat(1000),
      }));
      const shadow = { landingZone: 'aws-dev', accountId: null, changes, refusal: null };
      await overwrite(api.ledger, runKey(TENANT, 17, 1), { ...(await runIn(api.ledger, 17)), shadow });
      const { body } = await get('/vendings/{tenantUuid}/runs/{run}', { tenantUuid: TENANT, run: '17-1' });
      expect(body).toMatchObject({ shadow: { changes, changesLeftOut: 0, verdict: expect.any(String) as string } });
    });

    it('name who has asked for them, who has replayed and who has stopped them', async () => {
      await startRun(api.ledger, api.workflow, referenceTo(18));
      await openRun(api.ledger, referenceTo(18), after(150));
      await rememberStop(api.ledger, referenceTo(18), after(200), 300, CALLER);
      const { runs } = RunListSchema.parse((await get('/vendings/{tenantUuid}/runs', { tenantUuid: TENANT })).body);
      expect(runs.map(({ requestedBy, replayedBy, stoppedBy }) => ({ requestedBy, replayedBy, stoppedBy }))).toEqual([
        { requestedBy: CALLER, replayedBy: null, stoppedBy: CALLER },
        { requestedBy: CALLER, replayedBy: CALLER, stoppedBy: null },
        { requestedBy: CALLER, replayedBy: null, stoppedBy: null },
      ]);
    });

    it('tell of an approval that they wait for', async () => {
      await openRun(api.ledger, referenceTo(18), after(150));
      const deps = { ledger: api.ledger, tokens: new FakeTaskTokens(), now: () => after(200) };
      await ledgerApprovals(deps, referenceTo(18), 'token').ask(14);
      const read = (run: string) => get('/vendings/{tenantUuid}/runs/{run}', { tenantUuid: TENANT, run });
      expect(RunSchema.parse((await read('18-1')).body).approval).toMatchObject({ decision: null });
      expect(RunSchema.parse((await read('17-1')).body).approval).toBeNull();
    });

    it('name the configuration that they were planned with, once there is a plan', async () => {
      const { runItem } = await openRun(api.ledger, referenceTo(18), after(200));
      const at = after(200).toISOString();
      const pass = { state: 'PlanVending', startedAt: at, finishedAt: at, remark: null, error: null, changes: [] };
      await recordStep(api.ledger, runItem, pass, { configurationHash: 'some-hash' });

      const { runs } = RunListSchema.parse((await get('/vendings/{tenantUuid}/runs', { tenantUuid: TENANT })).body);
      expect(runs.map(({ configurationHash }) => configurationHash)).toEqual(['some-hash', null, null]);
    });

    it.each(['17-3', '17', 'x', '1-1'])('there is none named %s: 404', async (run) => {
      const answer = await get('/vendings/{tenantUuid}/runs/{run}', { tenantUuid: TENANT, run });
      expectProblem(answer, 404, 'not-found');
      expect(detailOf(answer)).toBe(
        `Tenant '${TENANT}' has no run '${run}'. A run is named by sequence and number, as in 17-1. GET /vendings/{tenantUuid}/runs lists them.`,
      );
    });

    it.each(['runs', 'events', 'desired-states'])('refuse one fault alone as well: %s', async (list) => {
      const path = `/vendings/{tenantUuid}/${list}`;
      const refused = (query: Readonly<Record<string, string>>) => get(path, { tenantUuid: TENANT }, query);
      expectProblem(await refused({ limit: '101' }), 400, 'invalid-request', 'limit');
      expectProblem(await refused({ cursor: 'x' }), 400, 'invalid-request', 'cursor');
    });

    it('are none of a tenant that is not known: 404; and a cursor is none: 400', async () => {
      expectProblem(await get('/vendings/{tenantUuid}/runs', { tenantUuid: uuidOf(1) }), 404, 'not-found');
      const answer = await get('/vendings/{tenantUuid}/runs', { tenantUuid: TENANT }, { cursor: 'x', limit: '0' });
      expectProblem(answer, 400, 'invalid-request', 'limit', 'cursor');
    });
  });

  describe('events that were published about a tenant', () => {
    beforeEach(history);

    it('are those of its runs, newest first, in pages that join', async () => {
      await closeRun(api.ledger, referenceTo(18), { status: 'FAILED', error: transient }, after(200));
      const told: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query: Readonly<Record<string, string>> = cursor === '' ? { limit: '2' } : { limit: '2', cursor };
        const answer = await get('/vendings/{tenantUuid}/events', { tenantUuid: TENANT.toUpperCase() }, query);
        const page = TenantEventListSchema.parse(answer.body);
        told.push(...page.events.map((one) => `${one.replicationSequence}-${one.run} ${one.type} ${one.at ?? ''}`));
        cursor = page.cursor;
      }
      expect(told).toEqual([
        `18-1 Account Vending Failed ${after(200).toISOString()}`,
        `17-2 Account Vended ${after(120).toISOString()}`,
        `17-1 Account Vending Failed ${after(60).toISOString()}`,
      ]);
    });

    it('are none of a tenant that is not known: 404; and a cursor is none: 400', async () => {
      expectProblem(await get('/vendings/{tenantUuid}/events', { tenantUuid: uuidOf(1) }), 404, 'not-found');
      const answer = await get('/vendings/{tenantUuid}/events', { tenantUuid: TENANT }, { cursor: 'x', limit: '0' });
      expectProblem(answer, 400, 'invalid-request', 'limit', 'cursor');
    });
  });

  describe('desired states of a tenant', () => {
    beforeEach(history);

    it('are listed, newest first, in pages that join', async () => {
      const first = await get('/vendings/{tenantUuid}/desired-states', { tenantUuid: TENANT }, { limit: '1' });
      const page = DesiredStateListSchema.parse(first.body);
      expect(page).toMatchObject({
        cursor: '18',
        desiredStates: [{ replicationSequence: 18, runs: 1, trigger: 'api' }],
      });
      const query = { limit: '1', cursor: page.cursor ?? '' };
      const second = await get('/vendings/{tenantUuid}/desired-states', { tenantUuid: TENANT }, query);
      expect(DesiredStateListSchema.parse(second.body)).toMatchObject({
        cursor: null,
        desiredStates: [{ replicationSequence: 17, runs: 2 }],
      });
    });

    it('are told with all that is known of them', async () => {
      const told = {
        replicationSequence: 17,
        receivedAt: after(1).toISOString(),
        trigger: 'event',
        requestedBy: 'jane',
        contentHash: 'hash',
        runs: 3,
      };
      const superseded = {
        by: 19,
        at: NOW.toISOString(),
        workspaceIdentifier: 'retail',
        projectIdentifier: 'webshop-dev',
      };
      await overwrite(api.ledger, desiredStateKey(TENANT, 17), { ...told, superseded });
      const { body } = await get('/vendings/{tenantUuid}/desired-states', { tenantUuid: TENANT });
      expect(DesiredStateListSchema.parse(body).desiredStates.at(-1)).toEqual({ ...told, supersededBy: 19 });
    });

    it('say what has changed with them', async () => {
      const path = { tenantUuid: TENANT, sequence: '18' };
      const answer = await get('/vendings/{tenantUuid}/desired-states/{sequence}', path);
      const desiredState = DesiredStateDetailSchema.parse(answer.body);
      expect(desiredState.desiredState).toMatchObject({ replicationSequence: 18 });
      expect(desiredState).toMatchObject({
        comparedWith: 17,
        differences: [{ field: 'projectCreatorEmail', to: 'joe@corp.example' }],
      });
    });

    it('have nothing to be compared with, or are not there', async () => {
      const of = (sequence: string): Promise<ApiAnswer> =>
        get('/vendings/{tenantUuid}/desired-states/{sequence}', { tenantUuid: TENANT, sequence });
      const { comparedWith, differences } = DesiredStateDetailSchema.parse((await of('17')).body);
      expect({ comparedWith, differences }).toEqual({ comparedWith: null, differences: null });
      for (const sequence of ['19', '-1']) {
        const answer = await of(sequence);
        expectProblem(answer, 404, 'not-found');
        expect(detailOf(answer)).toBe(
          `Tenant '${TENANT}' has no desired state '${sequence}'. GET /vendings/{tenantUuid}/desired-states lists them.`,
        );
      }
    });

    it('are listed after a sequence alone, of a tenant that is known', async () => {
      const path = '/vendings/{tenantUuid}/desired-states';
      const answer = await get(path, { tenantUuid: TENANT }, { cursor: 'x', limit: '0' });
      expectProblem(answer, 400, 'invalid-request', 'limit', 'cursor');
      expectProblem(await get(path, { tenantUuid: TENANT }, { cursor: '1x' }), 400, 'invalid-request', 'cursor');
      expectProblem(await get(path, { tenantUuid: uuidOf(1) }, { cursor: '17' }), 404, 'not-found');
    });

    it.each([17, 18])('cannot be compared where the content of %i is gone', async (sequence) => {
      await overwrite(api.ledger, contentKey(TENANT, sequence), null);
      const path = { tenantUuid: TENANT, sequence: '18' };
      const answer = await get('/vendings/{tenantUuid}/desired-states/{sequence}', path);
      expect(answer).toMatchObject({ status: 200, body: { comparedWith: 17, differences: null } });
    });
  });

  describe('lanes', () => {
    it('show who has a slot and how many wait, and who they are', async () => {
      await api.post();
      await openRun(api.ledger, referenceTo(17), after(1));
      const edges = { tokens: new FakeTaskTokens(), watch: new RecordingWatch(), now: () => after(2) };
      const deps = { ledger: api.ledger, ...edges };
      await joinLane(
        deps,
        { ...ACCOUNT_CREATION, capacity: 0 },
        {
          tenantUuid: TENANT,
          run: { replicationSequence: 17, run: 1 },
          runSince: after(1).toISOString(),
          token: 'secret',
          callable: true,
          wanted: null,
        },
      );
      const { lanes, cursor } = LaneListSchema.parse((await get('/lanes', {}, { limit: '2' })).body);
      expect(lanes.map(({ name }) => name)).toEqual(['account-assignments', 'account-closing']);
      const others = LaneListSchema.parse((await get('/lanes', {}, { cursor: cursor ?? '' })).body);
      expect(others.lanes[0]).toEqual({
        name: 'account-creation',
        capacity: 5,
        unlimited: false,
        slots: [],
        waiting: 1,
      });
      const answer = await get('/lanes/{lane}/waiters', { lane: 'account-creation' });
      expect(WaiterListSchema.parse(answer.body)).toMatchObject({
        waiters: [{ tenantUuid: TENANT, replicationSequence: 17, run: 1, position: 1, estimate: null }],
        cursor: null,
      });
      expect(JSON.stringify(answer.body)).not.toContain('secret');
    });

    it('list those who wait page by page, with how long they have to', async () => {
      const edges = { tokens: new FakeTaskTokens(), watch: new RecordingWatch(), now: () => after(2) };
      const ports = { ledger: api.ledger, ...edges };
      const waiting = { ...ACCOUNT_CREATION, capacity: 1 };
      for (const index of [0, 1, 2, 3]) {
        await api.post(null, ['tenant.metadata.uuid', uuidOf(index)]);
        await openRun(api.ledger, referenceTo(17, 1, uuidOf(index)), after(1));
        await joinLane(ports, waiting, {
          tenantUuid: uuidOf(index),
          run: { replicationSequence: 17, run: 1 },
          runSince: after(index).toISOString(),
          token: `secret ${index}`,
          callable: true,
          wanted: null,
        });
      }
      await grantTurns(ports, waiting);
      const { lanes } = LaneListSchema.parse((await get('/lanes')).body);
      expect(lanes.find(({ name }) => name === 'account-creation')).toMatchObject({
        waiting: 3,
        slots: [{ slot: 0, tenantUuid: uuidOf(0), replicationSequence: 17, run: 1 }],
      });
      const page = async (query: Readonly<Record<string, string>>) => {
        const { body } = await get('/lanes/{lane}/waiters', { lane: 'account-creation' }, query);
        const { waiters, cursor } = WaiterListSchema.parse(body);
        return { who: waiters.map(({ tenantUuid, position }) => `${tenantUuid} ${position}`), cursor };
      };
      const first = await page({ limit: '2' });
      expect(first.who).toEqual([`${uuidOf(1)} 1`, `${uuidOf(2)} 2`]);
      expect(await page({ limit: '2', cursor: first.cursor ?? '' })).toEqual({ who: [`${uuidOf(3)} 3`], cursor: null });
      expect((await page({ limit: '3' })).cursor).toBeNull();
      const { cursor } = await page({ limit: '1' });
      expect((await page({ limit: '1', cursor: cursor ?? '' })).who).toEqual([`${uuidOf(2)} 2`]);
    });

    it('are listed page by page, each once', async () => {
      const namesOf = async (query: Readonly<Record<string, string>>) => {
        const { lanes, cursor } = LaneListSchema.parse((await get('/lanes', {}, query)).body);
        return { names: lanes.map(({ name }) => name), cursor };
      };
      const all = await namesOf({});
      const first = await namesOf({ limit: '3' });
      const second = await namesOf({ cursor: first.cursor ?? '' });
      expect([...first.names, ...second.names]).toEqual(all.names);
      expect(first.names).toHaveLength(3);
      expect(await namesOf({ limit: String(all.names.length) })).toEqual(all);
      expect(all.cursor).toBeNull();
      const answer = await get('/lanes/{lane}/waiters', { lane: 'nobody' });
      expect(detailOf(answer)).toBe(`There is no lane 'nobody'. There are ${all.names.join(', ')}.`);
    });

    it('show one who waits and has been erased, and how long one has to wait of whom more is known', async () => {
      const edges = { tokens: new FakeTaskTokens(), watch: new RecordingWatch(), now: () => after(2) };
      const waits = async (tenantUuid: string): Promise<void> => {
        await api.post(null, ['tenant.metadata.uuid', tenantUuid]);
        const reference = referenceTo(17, 1, tenantUuid);
        await pinPlan(
          api.ledger,
          reference,
          plan({ tenantUuid, account: { ...plan().account, email: tenantUuid, alias: tenantUuid } }),
        );
        await openRun(api.ledger, reference, after(1));
        await joinLane(
          { ledger: api.ledger, ...edges },
          { ...ACCOUNT_CREATION, capacity: 0 },
          {
            tenantUuid,
            run: { replicationSequence: 17, run: 1 },
            runSince: after(1).toISOString(),
            token: `of ${tenantUuid}`,
            callable: true,
            wanted: null,
          },
        );
      };
      const samples = ['a', 'b', 'c'].map((run) => ({
        run,
        workSeconds: 1000,
        holdSeconds: { 'account-creation': 10 },
      }));
      await overwrite(api.ledger, historyKey(kindOf(plan())), { samples });
      await waits(uuidOf(0));
      await waits(uuidOf(1));
      await overwrite(api.ledger, tenantKey(uuidOf(0)), null);
      const answer = await get('/lanes/{lane}/waiters', { lane: 'account-creation' });
      const { waiters } = WaiterListSchema.parse(answer.body);
      expect(waiters.map(({ tenantUuid }) => tenantUuid)).toEqual([uuidOf(0), uuidOf(1)]);
      expect(waiters.map(({ estimate }) => estimate === null)).toEqual([true, false]);
    });

    it.each(['/lanes', '/lanes/{lane}/waiters'])('%s has pages of some size: 400', async (resource) => {
      expectProblem(await get(resource, { lane: 'account-creation' }, { limit: '0' }), 400, 'invalid-request', 'limit');
    });

    it('are those of the configuration: 404', async () => {
      const answer = await get('/lanes/{lane}/waiters', { lane: 'nobody' });
      expectProblem(answer, 404, 'not-found');
      expect(detailOf(answer)).toContain('account-creation');
    });
  });

  it('GET /summary counts by status and error, and names what was found last', async () => {
    await api.post();
    await api.post(null, ['tenant.metadata.uuid', uuidOf(0)]);
    await closeRun(api.ledger, referenceTo(17), { status: 'FAILED', error: transient }, after(1));
    await startPreflight(api.ledger, 'one', after(1));
    await finishPreflight(api.ledger, 'one', [], after(2));
    const { statuses, ...summary } = SummarySchema.parse((await get('/summary')).body);
    expect(statuses.filter(({ count }) => count > 0)).toEqual([
      { status: 'ACCEPTED', count: 1, more: false },
      { status: 'FAILED', count: 1, more: false },
    ]);
    expect(statuses).toHaveLength(10);
    expect(summary).toMatchObject({
      errors: [{ error: 'TransientError', count: 1 }],
      reconciliation: null,
      preflight: { id: 'one', status: 'PASSED' },
    });
  });

  it('GET /summary counts a hundred of a status, says whether there are more, and puts what is frequent first', async () => {
    const stands = async (status: 'VENDED' | 'QUEUED' | 'FAILED', count: number, failedWith?: string) => {
      for (let index = 0; index < count; index += 1) {
        const tenantUuid = `${status}-${failedWith ?? ''}-${index}`;
        // The rarest error is the newest.
        const listing = { label: status, at: after(index - 100 * count).toISOString() };
        const data = tenant({ tenantUuid, status, ...(failedWith === undefined ? {} : { failedWith }) });
        await overwrite(api.ledger, tenantKey(tenantUuid), data, { listing });
      }
    };
    await stands('VENDED', 100);
    await stands('QUEUED', 101);
    await stands('FAILED', 1, 'RejectedError');
    await stands('FAILED', 2, 'TransientError');
    await stands('FAILED', 1);
    const { statuses, errors } = SummarySchema.parse((await get('/summary')).body);
    expect(statuses.filter(({ count }) => count > 0)).toEqual([
      { status: 'QUEUED', count: 100, more: true },
      { status: 'VENDED', count: 100, more: false },
      { status: 'FAILED', count: 4, more: false },
    ]);
    expect(errors).toEqual([
      { error: 'TransientError', count: 2 },
      { error: 'RejectedError', count: 1 },
    ]);
  });

  it('GET /summary looks whether there are more where the ledger gives a cursor after a hundred', async () => {
    const list = api.ledger.list.bind(api.ledger);
    jest
      .spyOn(api.ledger, 'list')
      .mockImplementation(async (query) =>
        query.limit === 1 ? { items: [], cursor: null } : { ...(await list(query)), cursor: 'more' },
      );
    const { statuses } = SummarySchema.parse((await get('/summary')).body);
    expect(statuses.filter(({ more }) => more)).toEqual([]);
  });

  it.each(['/vendings', '/shadow-report'])('says of a ledger that is out nothing of cursors: GET %s', async (path) => {
    jest.spyOn(api.ledger, 'list').mockRejectedValue(new Error('no table'));
    expectProblem(await get(path), 500, 'internal');
  });

  it('GET /summary says how far the nightly reconciliation is, and of a preflight only that there is one', async () => {
    const summary = async () => SummarySchema.parse((await get('/summary')).body);
    expect(await summary()).toMatchObject({ errors: [], reconciliation: null, preflight: null });
    const claim = await claimPart(api.ledger, { pass: '2026-11-25', part: 0 }, NOW);
    if (claim.verdict !== 'claimed') throw new Error(claim.verdict);
    expect((await summary()).reconciliation).toEqual({ pass: '2026-11-25', status: 'RUNNING', failed: null });
    await finishPart(api.ledger, claim.record, { ...claim.record, phase: 'ENDED', failed: 2 }, NOW);
    expect((await summary()).reconciliation).toEqual({ pass: '2026-11-25', status: 'ENDED', failed: 2 });
  });

  it('GET /preflight/latest is the one that has ended last', async () => {
    expectProblem(await get('/preflight/{id}', { id: 'latest' }), 404, 'not-found');
    for (const [index, id] of ['one', 'other'].entries()) {
      await startPreflight(api.ledger, id, after(index));
      await finishPreflight(api.ledger, id, [], after(10 + index));
    }
    await startPreflight(api.ledger, 'third', after(20));
    expect((await get('/preflight/{id}', { id: 'latest' })).body).toMatchObject({ id: 'other', status: 'PASSED' });
  });

  it('GET /configuration answers it with its hash', async () => {
    const { hash, platform, landingZones } = ConfigurationAnswerSchema.parse((await get('/configuration')).body);
    expect(hash).toMatch(/^[0-9a-f]{64}$/u);
    expect(platform).toHaveProperty('region');
    expect(Object.keys(landingZones)).toContain('aws-dev');
  });

  it('GET /configuration says which one is released, whatever is deployed since', async () => {
    expect((await get('/configuration')).body).toMatchObject({ releasedHash: null });
    const released = configurationHash(api.configuration);
    await releaseFirst(api.ledger, released, NOW);
    api.configuration = configuration(['platform.region', 'eu-west-1']);
    const { body } = await get('/configuration');
    expect(body).toMatchObject({ hash: configurationHash(api.configuration), releasedHash: released });
  });

  it('POST /reindex answers how many rows it has filed', async () => {
    await api.post();
    expect(ReindexedSchema.parse((await send('/reindex')).body)).toEqual({ read: 1, written: 0, cursor: null });
    expectProblem(await send('/reindex', { cursor: 'x' }), 400, 'invalid-request', 'cursor');
    expectProblem(await send('/reindex', { limit: '0' }), 400, 'invalid-request', 'limit');
  });

  describe('POST /replays', () => {
    beforeEach(async () => {
      for (const [index, error] of [rejected, transient, transient].entries()) {
        const reference = referenceTo(17, 1, uuidOf(index));
        await api.post(null, ['tenant.metadata.uuid', uuidOf(index)]);
        await startRun(api.ledger, api.workflow, reference);
        await closeRun(api.ledger, reference, { status: 'FAILED', error }, after(10 + index));
      }
    });

    const outcomes = ({ body }: ApiAnswer): readonly string[] =>
      ReplaysSchema.parse(body).replays.map(({ tenantUuid, outcome }) => `${tenantUuid} ${outcome}`);

    it('previews what it would do, and does nothing', async () => {
      const before = api.ledger.writes.length;
      const answer = await send('/replays', { dryRun: 'true' });
      expect(outcomes(answer)).toEqual([`${uuidOf(2)} redriven`, `${uuidOf(1)} redriven`, `${uuidOf(0)} restarted`]);
      expect(answer.body).toMatchObject({ dryRun: true, cursor: null });
      expect(api.ledger.writes).toHaveLength(before);
    });

    it('replays what fits the filters, page by page', async () => {
      const first = await send('/replays', { error: 'TransientError', limit: '1' });
      expect(outcomes(first)).toEqual([`${uuidOf(2)} redriven`]);
      const { cursor } = ReplaysSchema.parse(first.body);
      const second = await send('/replays', { error: 'TransientError', limit: '1', cursor: cursor ?? '' });
      expect(outcomes(second)).toEqual([`${uuidOf(1)} redriven`]);
      const { vendings } = VendingListSchema.parse((await api.list({ status: 'FAILED' })).body);
      expect(vendings.map(({ tenantUuid }) => tenantUuid)).toEqual([uuidOf(0)]);
    });

    it.each([
      { query: { dryRun: 'false', status: 'FAILED', limit: '1' }, outcome: [`${uuidOf(2)} redriven`] },
      { query: { dryRun: 'true', status: 'SHADOWED' }, outcome: [] },
    ])('takes $query', async ({ query, outcome }) => {
      const answer = await send('/replays', query);
      expect(outcomes(answer)).toEqual(outcome);
      expect(answer.body).toMatchObject({ dryRun: query.dryRun === 'true' });
    });

    it('goes on after a page of a preview as well', async () => {
      const { cursor } = ReplaysSchema.parse((await send('/replays', { dryRun: 'true', limit: '2' })).body);
      const second = await send('/replays', { dryRun: 'true', limit: '2', cursor: cursor ?? '' });
      expect(outcomes(second)).toEqual([`${uuidOf(0)} restarted`]);
    });

    it('lets no tenant stop another', async () => {
      jest.spyOn(api.watch, 'watch').mockRejectedValueOnce(new Error('no'));
      const answer = await send('/replays', { error: 'TransientError' });
      expect(outcomes(answer)).toEqual([`${uuidOf(2)} failed`, `${uuidOf(1)} redriven`]);
      expect(ReplaysSchema.parse(answer.body).replays[0]?.detail).toContain('Replay it again');
    });

    it('says of each that cannot be replayed why, previewed or not', async () => {
      const known = tenantKey(uuidOf(2));
      const deletion = { replicationSequence: 18, at: NOW.toISOString() };
      await overwrite(
        api.ledger,
        known,
        { ...(await tenantIn(api.ledger, uuidOf(2))), deletion },
        {
          listing: { label: 'FAILED', at: after(12).toISOString() },
        },
      );
      for (const dryRun of ['true', 'false']) {
        const { replays } = ReplaysSchema.parse((await send('/replays', { dryRun, limit: '1' })).body);
        expect(replays).toMatchObject([
          {
            tenantUuid: uuidOf(2),
            replicationSequence: 17,
            outcome: 'refused',
            workspaceIdentifier: 'retail',
            detail: expect.stringContaining('Sequence 18 has superseded') as string,
          },
        ]);
      }
      const { replays } = ReplaysSchema.parse((await send('/replays', { dryRun: 'true' })).body);
      expect(replays.map(({ detail }) => detail === null)).toEqual([false, true, true]);
    });

    it.each(['true', 'false'])(
      'says of one that is gone since it was listed nothing more: dryRun=%s',
      async (dryRun) => {
        const list = api.ledger.list.bind(api.ledger);
        jest.spyOn(api.ledger, 'list').mockImplementation(async (query) => {
          const page = await list(query);
          await overwrite(api.ledger, tenantKey(uuidOf(2)), null);
          return page;
        });
        const { replays } = ReplaysSchema.parse((await send('/replays', { dryRun, limit: '1' })).body);
        expect(replays).toMatchObject([{ tenantUuid: uuidOf(2), outcome: 'refused', detail: null }]);
      },
    );

    it.each([
      { cause: new Error('no'), why: 'The log of the Api function says why. Replay it again.' },
      { cause: new TransientError('no'), why: 'AWS did not answer in time. Replay it again.' },
    ])('says why one could not be replayed: $why', async ({ cause, why }) => {
      jest.spyOn(api.watch, 'watch').mockRejectedValueOnce(cause);
      const { replays } = ReplaysSchema.parse((await send('/replays', { limit: '1' })).body);
      expect(replays).toMatchObject([{ outcome: 'failed', detail: why }]);
      expect(api.log.entries.at(-1)).toMatchObject({
        level: 'error',
        keys: { tenantUuid: uuidOf(2) },
        cause,
        sentence: expect.stringContaining('the others are') as string,
      });
    });

    it('replays twenty at most', async () => {
      const list = jest.spyOn(api.ledger, 'list');
      await send('/replays', { dryRun: 'true' });
      await send('/replays', { dryRun: 'true', limit: '50' });
      expect(list.mock.calls.map(([{ limit }]) => limit).filter((limit) => limit > 21)).toEqual([]);
    });

    it.each([{ status: 'VENDED' }, { status: 'x' }, { dryRun: 'maybe' }, { limit: '0' }])(
      'refuses %j: 400',
      async (query) => {
        expectProblem(await send('/replays', { ...query }), 400, 'invalid-request', ...faultFields(query));
      },
    );
  });
});

const faultFields = (query: object): readonly string[] =>
  Object.entries(query).flatMap(([field, value]) => (value === 'x' ? [field, field] : [field]));
