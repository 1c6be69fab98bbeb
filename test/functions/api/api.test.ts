import { compose } from '../../../functions/api/handler';
import {
  PreflightSchema,
  ProblemSchema,
  VendingAcceptedSchema,
  VendingDetailSchema,
  VendingListSchema,
  VendingReplayedSchema,
} from '../../../functions/api/responses';
import { VendingPreviewSchema } from '../../../functions/api/vending-preview';
import { TransientError } from '../../../functions/domain/errors';
import { PlanSchema, type VendingPlan } from '../../../functions/domain/plan';
import type { Preview } from '../../../functions/domain/preview';
import { ledgerAccountMemory } from '../../../functions/ledger/account-memory';
import { closeRun } from '../../../functions/ledger/close-run';
import { finishPreflight } from '../../../functions/ledger/preflights';
import { openRun } from '../../../functions/ledger/open-run';
import { recordStep } from '../../../functions/ledger/record-step';
import { rejectDesiredState } from '../../../functions/ledger/reject-desired-state';
import { FakeExecutions } from '../../fakes/fake-executions';
import { RecordingLog, RecordingMetrics, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { account, after, NOW, OTHER_TENANT, TENANT } from '../../fakes/vending';
import { type Change, changed, configuration, desiredStateJson } from '../domain/examples';
import { failed, referenceTo, runIn, stepError, tenantIn, vended } from '../ledger/ledger-calls';

const PREFLIGHT = '0b9d7c1e-0000-4000-8000-00000000000a';

interface ApiAnswer {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: unknown;
}

describe('the API', () => {
  let ledger: RecordingLedgerStore;
  let workflow: RecordingWorkflow;
  let log: RecordingLog;
  let executions: FakeExecutions;
  let watch: RecordingWatch;
  let seconds: number;
  let asked: string[];
  let plans: VendingPlan[];
  let failure: Error | undefined;

  beforeEach(() => {
    ledger = new RecordingLedgerStore();
    workflow = new RecordingWorkflow();
    log = new RecordingLog();
    executions = new FakeExecutions();
    watch = new RecordingWatch();
    seconds = 0;
    asked = [];
    plans = [];
    failure = undefined;
  });

  const previewed: Preview = {
    changes: [{ state: 'TagAccount', what: 'tag meshstack_env', from: 'dev', to: 'prod' }],
    refusal: null,
  };
  const previews = {
    preview: (plan: VendingPlan) => {
      plans.push(plan);
      return failure === undefined ? Promise.resolve(previewed) : Promise.reject(failure);
    },
  };
  const preflights = { send: (id: string) => Promise.resolve(void asked.push(id)) };

  const call = async (event: object): Promise<ApiAnswer> => {
    const api = compose(
      {
        environment: () => '',
        now: () => after(seconds),
        log,
        ledger,
        metrics: new RecordingMetrics(),
        wait: () => Promise.resolve(),
        secrets: { externalId: () => Promise.resolve(''), scimAccessToken: () => Promise.resolve('') },
        aws: {},
      },
      {
        ...{ configuration: configuration(), workflow, turns: new FakeTaskTokens(), redriver: executions, watch },
        ...{ preflights, previews, newId: () => PREFLIGHT },
      },
    );
    const { statusCode, headers, body } = await api({ pathParameters: null, queryStringParameters: null, ...event });
    return { status: statusCode, type: headers['Content-Type'], body: JSON.parse(body) };
  };

  type Query = Readonly<Record<string, string>>;

  const send = (body: unknown, query: Query | null = null): Promise<ApiAnswer> =>
    call({
      httpMethod: 'POST',
      resource: '/vendings',
      queryStringParameters: query,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  const post = (query: Query | null = null, ...changes: readonly Change[]): Promise<ApiAnswer> =>
    send(changed(desiredStateJson, ...changes), query);

  const get = (tenantUuid: string): Promise<ApiAnswer> =>
    call({ httpMethod: 'GET', resource: '/vendings/{tenantUuid}', pathParameters: { tenantUuid } });

  const replay = (tenantUuid = TENANT): Promise<ApiAnswer> =>
    call({ httpMethod: 'POST', resource: '/vendings/{tenantUuid}/replay', pathParameters: { tenantUuid } });

  const list = (query: Query | null = null): Promise<ApiAnswer> =>
    call({ httpMethod: 'GET', resource: '/vendings', queryStringParameters: query });

  const arnOf = (name: string): string => `arn:aws:states:eu-central-1:111111111111:execution:vend-account:${name}`;

  function expectProblem(answer: ApiAnswer, status: number, kind: string, ...fields: readonly string[]): void {
    expect(answer).toMatchObject({ status, type: 'application/problem+json' });
    const problem = ProblemSchema.parse(answer.body);
    expect(problem).toMatchObject({ type: `urn:account-vending:problem:${kind}`, status });
    expect(problem.title).not.toBe('');
    expect(problem.errors.map(({ field }) => field)).toEqual(fields);
  }

  const detailOf = ({ body }: ApiAnswer): string => ProblemSchema.parse(body).detail;

  describe('POST /vendings', () => {
    const accepted = {
      tenantUuid: TENANT,
      replicationSequence: 17,
      executionArn: arnOf(`${TENANT}-17`),
      status: 'ACCEPTED',
    };

    it('accepts a desired state, with its execution: 202', async () => {
      const answer = await post();
      expect(answer).toEqual({ status: 202, type: 'application/json', body: accepted });
      expect(VendingAcceptedSchema.parse(answer.body)).toEqual(answer.body);
      expect([...workflow.started.keys()]).toEqual([`${TENANT}-17`]);
      expect(ledger.lastWriteOf('DESIRED#0000000000000017')).toMatchObject({ data: { trigger: 'api' } });
    });

    it('gives the same body for the same sequence and content, however it is written: 200', async () => {
      await post();
      const reordered = Object.fromEntries(Object.entries(desiredStateJson).toReversed());
      expect(await send(reordered)).toEqual({ status: 200, type: 'application/json', body: accepted });
      expect(await post(null, ['unknownField', 'is ignored'])).toMatchObject({ status: 200 });
      expect(workflow.calls).toHaveLength(1);
    });

    it('accepts what has to wait as queued, without an execution: 202, then 200', async () => {
      await post();
      const queued = { ...accepted, replicationSequence: 18, executionArn: null, status: 'QUEUED' };
      expect(await post(null, ['replicationSequence', 18])).toMatchObject({ status: 202, body: queued });
      expect(await post(null, ['replicationSequence', 18])).toMatchObject({ status: 200, body: queued });
    });

    it('refuses other content under a known sequence and says what to do: 409', async () => {
      await post();
      const answer = await post(null, ['tenantPlatformNumber', 43]);
      expectProblem(answer, 409, 'conflict');
      expect(detailOf(answer)).toBe(
        'Sequence 17 of this tenant is known with other content. Send the changed desired state with a higher replicationSequence.',
      );
    });

    it('refuses an older sequence, names the newest and the way back: 409', async () => {
      await post();
      const answer = await post(null, ['replicationSequence', 16]);
      expectProblem(answer, 409, 'conflict');
      expect(detailOf(answer)).toMatch(/^Sequence 16 is older than 17, .*\?force=true/);
    });

    it('takes an older sequence with ?force=true: 202', async () => {
      await post();
      await closeRun(ledger, referenceTo(17), vended, NOW);
      const answer = await post({ force: 'true' }, ['replicationSequence', 16]);
      expect(answer).toMatchObject({ status: 202, body: { replicationSequence: 16, status: 'ACCEPTED' } });
      expect(await tenantIn(ledger)).toMatchObject({ latestSequence: 16 });
    });

    it('refuses a sequence that a person has gone back behind, and says how it can be taken again: 409', async () => {
      await post();
      await closeRun(ledger, referenceTo(17), vended, NOW);
      await post({ force: 'true' }, ['replicationSequence', 16]);
      const answer = await post();
      expectProblem(answer, 409, 'conflict');
      expect(detailOf(answer)).toMatch(/^Sequence 17 is known, and sequence 16 was put in its place .*\?force=true/);
      expect(await tenantIn(ledger)).toMatchObject({ latestSequence: 16 });
    });

    it('refuses what cannot be vended with every fault at once, and writes nothing: 422', async () => {
      const answer = await post(
        null,
        ['tenant.metadata.ownedByProject', 'p'.repeat(31)],
        ['tenant.spec.landingZoneRef.name', 'nowhere'],
        ['tenant.spec.platformTenantId', 'my account'],
        ['projectCreatorEmail', 7],
        ['workspace', undefined],
      );
      expect(answer.status).toBe(422);
      const { errors } = ProblemSchema.parse(answer.body);
      expect(errors.map(({ field }) => field).toSorted()).toEqual([
        'projectCreatorEmail',
        'tenant.metadata.ownedByProject',
        'tenant.spec.landingZoneRef.name',
        'tenant.spec.platformTenantId',
        'workspace',
      ]);
      expect(errors.find(({ field }) => field === 'tenant.metadata.ownedByProject')).toMatchObject({
        value: 'p'.repeat(31),
        limit: 30,
      });
      expect(ledger.writes).toEqual([]);
      expect(workflow.calls).toEqual([]);
    });

    it.each([
      { what: 'nobody could record it under', body: { replicationSequence: 1 } },
      { what: 'is no object', body: [] },
      { what: 'is null', body: 'null' },
    ])('refuses JSON that $what: 422', async ({ body }) => {
      expect(await send(body)).toMatchObject({ status: 422, type: 'application/problem+json' });
      expect(ledger.writes).toEqual([]);
    });

    it.each([{ body: '' }, { body: '{' }, { body: null }])(
      'refuses a body that is not JSON: 400 ($body)',
      async ({ body }) => {
        const answer = await call({ httpMethod: 'POST', resource: '/vendings', body });
        expectProblem(answer, 400, 'invalid-request');
        expect(detailOf(answer)).toContain('The body is not JSON');
      },
    );

    it('reads a body that API Gateway has encoded', async () => {
      const body = Buffer.from(JSON.stringify(desiredStateJson)).toString('base64');
      expect(await call({ httpMethod: 'POST', resource: '/vendings', body, isBase64Encoded: true })).toMatchObject({
        status: 202,
      });
    });

    it('refuses flags that are neither true nor false, each by its name: 400', async () => {
      expectProblem(await post({ dryRun: 'yes', force: '' }), 400, 'invalid-request', 'dryRun', 'force');
      expect(ledger.writes).toEqual([]);
    });

    it('starts once and answers the same when the first call failed between ledger and workflow', async () => {
      jest.spyOn(workflow, 'start').mockRejectedValueOnce(new TransientError('throttled'));
      expectProblem(await post(), 503, 'unavailable');
      expect(await post()).toMatchObject({ status: 200, body: accepted });
      expect([...workflow.started.keys()]).toEqual([`${TENANT}-17`]);
    });
  });

  describe('POST /vendings?dryRun=true', () => {
    it('gives the plan and writes nothing: 200', async () => {
      const answer = await post({ dryRun: 'true' });
      expect(answer.status).toBe(200);
      expect(PlanSchema.parse(answer.body)).toMatchObject({
        tenantUuid: TENANT,
        account: { name: 'retail.webshop-dev', email: 'aws+retail.webshop-dev.42@corp.example' },
        targetOrgUnitId: 'ou-ab12-cdefgh34',
        tags: { meshstack_project: 'webshop-dev' },
      });
      expect(ledger.writes).toEqual([]);
      expect(workflow.calls).toEqual([]);
    });

    it('tells beside the plan what a run of it would change', async () => {
      const { body } = await post({ dryRun: 'true' });
      expect(VendingPreviewSchema.parse(body)).toMatchObject(previewed);
      expect(plans).toEqual([PlanSchema.parse(body)]);
    });

    it('says when AWS could not be looked at in time: 503', async () => {
      failure = new TransientError('too slow');
      expectProblem(await post({ dryRun: 'true' }), 503, 'unavailable');
    });

    it('gives every fault instead: 422', async () => {
      const answer = await post(
        { dryRun: 'true' },
        ['tenant.spec.landingZoneRef.name', 'x'],
        ['tenant.metadata.ownedByProject', 'p'.repeat(31)],
      );
      expectProblem(
        answer,
        422,
        'invalid-desired-state',
        'tenant.metadata.ownedByProject',
        'tenant.spec.landingZoneRef.name',
      );
    });

    it('is off when it is false', async () => {
      expect(await post({ dryRun: 'false' })).toMatchObject({ status: 202 });
    });
  });

  describe('POST /vendings/{tenantUuid}/replay', () => {
    const endsWith = async (name: string): Promise<void> => {
      await post();
      await openRun(ledger, referenceTo(17), after(1));
      await closeRun(ledger, referenceTo(17), { status: 'FAILED', error: { ...stepError, name } }, after(5));
      seconds = 60;
    };

    it.each(['TransientError', 'Sandbox.Timedout', 'TIMED_OUT'])('lets the run go on after %s', async (name) => {
      await endsWith(name);
      const answer = await replay();
      const executionArn = arnOf(`${TENANT}-17`);
      expect(answer).toMatchObject({
        status: 202,
        body: { tenantUuid: TENANT, replicationSequence: 17, executionArn, status: 'RUNNING', replay: 'redriven' },
      });
      expect(VendingReplayedSchema.parse(answer.body)).toEqual(answer.body);
      expect(executions.redrives).toEqual([executionArn]);
      expect((await get(TENANT)).body).toMatchObject({ status: 'RUNNING', run: 1 });
      await openRun(ledger, referenceTo(17), after(61));
    });

    it.each(['RejectedError', 'InvalidRequestError'])('begins a new run after %s', async (name) => {
      await endsWith(name);
      const answer = await replay();
      const executionArn = arnOf(`${TENANT}-17-r2`);
      expect(answer).toMatchObject({ status: 202, body: { executionArn, status: 'ACCEPTED', replay: 'restarted' } });
      expect(VendingReplayedSchema.parse(answer.body)).toEqual(answer.body);
      expect(executions.redrives).toEqual([]);
      expect(workflow.started.get(`${TENANT}-17-r2`)).toEqual(referenceTo(17, 2));
    });

    it('begins a new run where Step Functions cannot redrive any more, and keeps what is known of the old one', async () => {
      await endsWith('TransientError');
      executions.isTooOld = true;
      expect(await replay()).toMatchObject({
        status: 202,
        body: { executionArn: arnOf(`${TENANT}-17-r2`), status: 'ACCEPTED', replay: 'restarted' },
      });
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED', error: { name: 'TransientError' } });
      expect(await tenantIn(ledger)).toMatchObject({ activeRun: { replicationSequence: 17, run: 2 } });
    });

    it('has the ledger written, and a look asked for, before anything is redriven', async () => {
      await endsWith('TransientError');
      watch.watched.length = 0;
      jest.spyOn(executions, 'redrive').mockRejectedValueOnce(new TransientError('killed'));
      expect((await replay()).status).toBe(503);
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'RUNNING', resumedAt: after(60).toISOString() });
      expect(watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 17 }]);
    });

    it('redrives once of two who replay at the same moment', async () => {
      await endsWith('TransientError');
      const answers = await Promise.all([replay(), replay()]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
      expect(executions.redrives).toHaveLength(1);
    });

    it.each<{ when: string; act: () => Promise<unknown>; says: string }>([
      { when: 'its run is under way', act: () => post(), says: 'Wait for its end' },
      {
        when: 'its run has vended',
        act: async () => {
          await post();
          await closeRun(ledger, referenceTo(17), vended, after(5));
        },
        says: 'has ended as VENDED, so there is nothing to replay',
      },
      {
        when: 'a deletion has come since',
        act: async () => {
          await endsWith('TransientError');
          await post(null, ['replicationSequence', 18], ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']);
        },
        says: 'Sequence 18 has superseded what was vended before',
      },
      {
        when: 'a newer desired state has begun since',
        act: async () => {
          await endsWith('TransientError');
          await post(null, ['replicationSequence', 18]);
        },
        says: 'The run of sequence 18 is under way',
      },
      {
        when: 'nothing of it was ever accepted',
        act: () => {
          const refused = { workspaceIdentifier: null, projectIdentifier: null, faults: [] };
          return rejectDesiredState(ledger, { tenantUuid: TENANT, replicationSequence: 17, ...refused }, after(0));
        },
        says: 'Correct what its rejection names',
      },
    ])('is refused with what to do instead when $when: 409', async ({ act, says }) => {
      await act();
      const started = workflow.calls.length;
      const answer = await replay();
      expectProblem(answer, 409, 'conflict');
      expect(ProblemSchema.parse(answer.body).detail).toContain(says);
      expect(workflow.calls).toHaveLength(started);
      expect(executions.redrives).toEqual([]);
    });

    it('knows no tenant that nobody has ever sent: 404', async () => {
      expectProblem(await replay(OTHER_TENANT), 404, 'not-found');
      expect(watch.watched).toEqual([]);
    });
  });

  describe('GET /vendings/{tenantUuid}', () => {
    it('tells of a deletion what happens now and what is left to do', async () => {
      await post();
      await openRun(ledger, referenceTo(17), after(1));
      await ledgerAccountMemory(ledger, TENANT).recordAccount(account);
      await closeRun(ledger, referenceTo(17), vended, after(5));
      seconds = 60;
      const gone = changed(desiredStateJson, ['replicationSequence', 18], ['tenant.status.lifecycle.state', 'DELETED']);
      const remark =
        'The account is being taken out of use. Its people lose their access; its account 444444444444 ("retail.webshop-dev") ' +
        'is closed if the landing zone "aws-dev" closes accounts (closeAccount), and stays if not.';
      const executionArn = `arn:aws:states:eu-central-1:111111111111:execution:close-account:${TENANT}-18`;
      const body = { tenantUuid: TENANT, replicationSequence: 18, executionArn, status: 'ACCEPTED', remark };
      expect(await send(gone)).toEqual({ status: 202, type: 'application/json', body });
      expect(await send(gone)).toEqual({ status: 200, type: 'application/json', body });
      expect(VendingAcceptedSchema.parse(body)).toEqual(body);
      expect((await get(TENANT)).body).toMatchObject({
        status: 'ACCEPTED',
        replicationSequence: 18,
        deletion: { replicationSequence: 18, at: after(60).toISOString(), remark },
      });
      expect(workflow.calls).toEqual([`${TENANT}-17`, `${TENANT}-18`]);
    });

    it('shows a run that a deletion has ended before it had started anything', async () => {
      await post();
      const answer = await post(
        null,
        ['replicationSequence', 18],
        ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
      );
      expect(answer).toMatchObject({
        status: 202,
        body: {
          status: 'CLOSED',
          remark: 'Nothing more is vended for this tenant. It has no account: nothing is left to close.',
        },
      });
      expect((await get(TENANT)).body).toMatchObject({
        status: 'CLOSED',
        replicationSequence: 17,
        supersededBy: 18,
      });
      expect((await list({ status: 'SUPERSEDED' })).body).toMatchObject({
        vendings: [{ replicationSequence: 17, status: 'SUPERSEDED', supersededBy: 18 }],
      });
    });

    it('plans the closing of a tenant that is to go, for a dry run, and writes nothing: 200', async () => {
      const answer = await post(
        { dryRun: 'true' },
        ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
        // Neither has to be there any more.
        ['tenant.spec.landingZoneRef.name', 'gone'],
        ['project', undefined],
      );
      expect(answer.status).toBe(200);
      const planned = PlanSchema.parse(answer.body);
      expect(planned).toMatchObject({
        ...{ tenantUuid: TENANT, landingZone: 'gone', groups: [], closing: { closesAccount: false } },
        remarks: [expect.stringContaining("'gone' is not configured any more") as string],
      });
      expect(VendingPreviewSchema.parse(answer.body)).toMatchObject(previewed);
      expect(plans).toEqual([planned]);
      expect(ledger.writes).toEqual([]);
      expect(workflow.calls).toEqual([]);
    });

    it('gives the faults of a deletion that cannot be read, for a dry run, too: 422', async () => {
      const answer = await post(
        { dryRun: 'true' },
        ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
        ['replicationSequence', 'seventeen'],
      );
      expectProblem(answer, 422, 'invalid-desired-state', 'replicationSequence');
    });

    it('tells the whole story of a run that has failed', async () => {
      await post();
      const { runItem } = await openRun(ledger, referenceTo(17), after(1));
      await recordStep(ledger, runItem, {
        state: 'CreateAccount',
        startedAt: after(1).toISOString(),
        finishedAt: null,
        remark: null,
        error: stepError,
        changes: [],
      });
      await closeRun(ledger, referenceTo(17), failed, after(5));
      const answer = await get(TENANT);
      expect(VendingDetailSchema.parse(answer.body)).toEqual(answer.body);
      expect(answer).toEqual({
        status: 200,
        type: 'application/json',
        body: {
          tenantUuid: TENANT,
          workspaceIdentifier: 'retail',
          projectIdentifier: 'webshop-dev',
          replicationSequence: 17,
          run: 1,
          workflow: 'vend-account',
          executionArn: arnOf(`${TENANT}-17`),
          status: 'FAILED',
          statusChangedAt: after(5).toISOString(),
          waitingSequence: null,
          supersededBy: null,
          deletion: null,
          account: null,
          timeline: [
            {
              state: 'CreateAccount',
              startedAt: after(1).toISOString(),
              finishedAt: null,
              attempts: 1,
              remark: null,
              error: stepError,
              changes: [],
            },
          ],
          lane: null,
          estimate: null,
          lastError: stepError,
          rejection: null,
        },
      });
    });

    it('shows the account, what waits, and a refusal beside the last good state', async () => {
      await post();
      await ledgerAccountMemory(ledger, TENANT).recordAccount(account);
      await post(null, ['replicationSequence', 18]);
      const faults = [{ field: 'trigger', message: 'is wrong' }];
      await rejectDesiredState(
        ledger,
        { tenantUuid: TENANT, replicationSequence: 19, workspaceIdentifier: null, projectIdentifier: null, faults },
        NOW,
      );
      expect(await get(TENANT)).toMatchObject({
        status: 200,
        body: {
          status: 'ACCEPTED',
          waitingSequence: 18,
          account: { id: account.id },
          rejection: { replicationSequence: 19, faults },
          workspaceIdentifier: 'retail',
        },
      });
    });

    it('shows the error of a step that is being retried', async () => {
      await post();
      const { runItem } = await openRun(ledger, referenceTo(17), NOW);
      const pass = { startedAt: NOW.toISOString(), finishedAt: null, remark: null, changes: [] };
      await recordStep(ledger, runItem, { ...pass, state: 'MoveAccount', error: stepError });
      expect(await get(TENANT)).toMatchObject({ body: { status: 'RUNNING', lastError: stepError } });
    });

    it('finds a tenant however its uuid is spelt', async () => {
      await post();
      expect(await get(TENANT.toUpperCase())).toMatchObject({ status: 200, body: { tenantUuid: TENANT } });
    });

    it.each([OTHER_TENANT, 'x', ''])('knows nothing of %j: 404', async (tenantUuid) => {
      const answer = await get(tenantUuid);
      expectProblem(answer, 404, 'not-found');
      expect(detailOf(answer)).toContain(`'${tenantUuid}'`);
    });
  });

  describe('GET /vendings', () => {
    const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-0000000000${index + 10}`;

    beforeEach(async () => {
      for (const index of [0, 1, 2]) {
        seconds = index;
        await post(null, ['tenant.metadata.uuid', uuidOf(index)]);
      }
      await closeRun(ledger, referenceTo(17, 1, uuidOf(0)), failed, after(10));
    });

    it('lists vendings, newest first: 200', async () => {
      const answer = await list();
      const { vendings, cursor } = VendingListSchema.parse(answer.body);
      expect(answer).toMatchObject({ status: 200, type: 'application/json' });
      expect(vendings.map(({ tenantUuid, status }) => `${tenantUuid} ${status}`)).toEqual([
        `${uuidOf(0)} FAILED`,
        `${uuidOf(2)} ACCEPTED`,
        `${uuidOf(1)} ACCEPTED`,
      ]);
      expect(cursor).toBeNull();
    });

    it.each([
      { status: 'FAILED', found: [0] },
      { status: 'ACCEPTED', found: [2, 1] },
      { status: 'CLOSED', found: [] },
    ])('lists those that are $status', async ({ status, found }) => {
      const { vendings } = VendingListSchema.parse((await list({ status })).body);
      expect(vendings.map(({ tenantUuid }) => tenantUuid)).toEqual(found.map(uuidOf));
    });

    it('gives pages that join by their cursor', async () => {
      const first = VendingListSchema.parse((await list({ limit: '2' })).body);
      expect(first.vendings).toHaveLength(2);
      const second = VendingListSchema.parse((await list({ limit: '2', cursor: first.cursor ?? '' })).body);
      const joined = [...first.vendings, ...second.vendings].map(({ tenantUuid }) => tenantUuid);
      expect(joined).toEqual([uuidOf(0), uuidOf(2), uuidOf(1)]);
      expect(second.cursor).toBeNull();
    });

    it('gives 50 rows unless told, and takes up to 100', async () => {
      const limits: number[] = [];
      jest.spyOn(ledger, 'list').mockImplementation(({ limit }) => {
        limits.push(limit);
        return Promise.resolve({ items: [], cursor: null });
      });
      await list();
      await list({ limit: '100' });
      expect(limits).toEqual([50, 100]);
    });

    it.each(['0', '101', '-1', '1.5', 'many', ''])('refuses the limit %j: 400', async (limit) => {
      const answer = await list({ limit });
      expectProblem(answer, 400, 'invalid-request', 'limit');
      expect(ProblemSchema.parse(answer.body).errors[0]?.message).toContain('a whole number from 1 to 100');
    });

    it('refuses an unknown status and names those that there are: 400', async () => {
      const answer = await list({ status: 'failed', limit: 'x' });
      expectProblem(answer, 400, 'invalid-request', 'status', 'limit');
      expect(ProblemSchema.parse(answer.body).errors[0]?.message).toContain(
        'ACCEPTED, QUEUED, RUNNING, VENDED, FAILED',
      );
    });

    it('refuses a cursor that it has not given out, and one of another list: 400', async () => {
      expectProblem(await list({ cursor: 'x' }), 400, 'invalid-request', 'cursor');
      const { cursor } = VendingListSchema.parse((await list({ limit: '1' })).body);
      expectProblem(await list({ status: 'FAILED', cursor: cursor ?? '' }), 400, 'invalid-request', 'cursor');
    });
  });

  describe('POST /preflight', () => {
    const ask = (): Promise<ApiAnswer> => call({ httpMethod: 'POST', resource: '/preflight', body: null });
    const look = (id: string): Promise<ApiAnswer> =>
      call({ httpMethod: 'GET', resource: '/preflight/{id}', pathParameters: { id }, body: null });

    it('asks for a preflight, and shows it as running from then on: 202', async () => {
      expect(await ask()).toMatchObject({ status: 202, body: { id: PREFLIGHT, status: 'RUNNING' } });
      expect(asked).toEqual([PREFLIGHT]);
      expect(await look(PREFLIGHT)).toMatchObject({
        status: 200,
        body: { id: PREFLIGHT, status: 'RUNNING', startedAt: NOW.toISOString(), finishedAt: null, checks: [] },
      });
    });

    it('is shown with every check at its end', async () => {
      await ask();
      const check = {
        id: 'account-quota',
        sentence: 'There is room.',
        result: 'ok',
        detail: null,
        remedy: null,
      } as const;
      await finishPreflight(ledger, PREFLIGHT, [check], after(60));

      const { body } = await look(PREFLIGHT);

      expect(PreflightSchema.parse(body)).toEqual({
        id: PREFLIGHT,
        status: 'PASSED',
        startedAt: NOW.toISOString(),
        finishedAt: after(60).toISOString(),
        checks: [check],
      });
    });

    it('says so when it has not come to its end', async () => {
      await ask();
      seconds = 20 * 60;
      expect(await look(PREFLIGHT)).toMatchObject({ body: { status: 'RUNNING' } });
      seconds += 1;
      expect(await look(PREFLIGHT)).toMatchObject({ body: { status: 'FAILED', finishedAt: null } });
    });

    it('is not known when nobody has asked for it: 404', async () => {
      const answer = await look('0b9d7c1e-0000-4000-8000-00000000000b');
      expectProblem(answer, 404, 'not-found');
      expect(detailOf(answer)).toContain('kept for 30 days');
    });
  });

  describe('any other call', () => {
    it.each([
      { httpMethod: 'DELETE', resource: '/vendings' },
      { httpMethod: 'GET', resource: '/nothing' },
      { httpMethod: 'POST', resource: '/vendings/{tenantUuid}' },
    ])('is not known: 404 ($httpMethod $resource)', async (event) => {
      const answer = await call(event);
      expectProblem(answer, 404, 'not-found');
      expect(detailOf(answer)).toContain(`${event.httpMethod} ${event.resource}`);
    });
  });

  describe('a call that fails', () => {
    it.each([
      { by: 'a fault that passes', failure: new TransientError('secret detail'), status: 503, kind: 'unavailable' },
      { by: 'anything else', failure: new Error('secret detail'), status: 500, kind: 'internal' },
    ])('by $by is a problem that gives nothing away, and a log entry: $status', async ({ failure, status, kind }) => {
      ledger.beforeNextCommit = () => Promise.reject(failure);
      const answer = await post();
      expectProblem(answer, status, kind);
      expect(detailOf(answer)).not.toContain('secret detail');
      expect(log.entries).toMatchObject([
        { level: 'error', keys: { method: 'POST', resource: '/vendings' }, cause: failure },
      ]);
    });
  });
});
