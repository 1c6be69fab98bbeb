import { VendingAcceptedSchema, VendingDetailSchema } from '../../../functions/api/responses';
import { VendingPreviewSchema } from '../../../functions/api/vending-responses';
import { PlanSchema } from '../../../functions/domain/plan/plan';
import { ledgerTenantRepository } from '../../../functions/ledger/tenants/tenant-repository';
import { closeRun } from '../../../functions/ledger/runs/close-run';
import { pinPlan } from '../../../functions/ledger/runs/pin-plan';
import { openRun } from '../../../functions/ledger/runs/open-run';
import { recordStep } from '../../../functions/ledger/runs/record-step';
import { rejectDesiredState } from '../../../functions/ledger/intake/reject-desired-state';
import { NOW, OTHER_TENANT, TENANT, account, after, plan } from '../../fakes/vending';
import { changed, desiredStateJson } from '../domain/examples';
import { failed, referenceTo, stepError, vended } from '../ledger/ledger-calls';
import { ApiWorld, arnOf, CALLER, detailOf, expectProblem } from './api-world';

describe('the API', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  describe('GET /vendings/{tenantUuid}', () => {
    it('tells desired state and plan to those who ask for them, and to nobody else', async () => {
      await api.post();
      await openRun(api.ledger, referenceTo(17), after(1));
      expect((await api.get(TENANT, { include: 'plan' })).body).toMatchObject({ plan: null });
      await pinPlan(api.ledger, referenceTo(17), plan());
      const { body } = await api.get(TENANT, { include: 'desiredState, plan' });
      const { desiredState, plan: told, ...others } = VendingDetailSchema.parse(body);
      expect(desiredState).toEqual(desiredStateJson);
      expect(PlanSchema.parse(told)).toEqual(plan());
      expect((await api.get(TENANT)).body).toEqual(others);
      await api.post(null, ['replicationSequence', 18], ['project.spec.displayName', 'Renamed']);
      expect((await api.get(TENANT, { include: 'desiredState' })).body).toMatchObject({
        replicationSequence: 17,
        desiredState: { replicationSequence: 18, project: { spec: { displayName: 'Renamed' } } },
      });
    });

    it('has no desired state of a tenant whose only one was rejected, and knows what can be included', async () => {
      await rejectDesiredState(
        api.ledger,
        {
          tenantUuid: TENANT,
          replicationSequence: 17,
          workspaceIdentifier: 'retail',
          projectIdentifier: null,
          faults: [],
        },
        NOW,
      );
      expect((await api.get(TENANT, { include: 'desiredState,plan' })).body).toMatchObject({
        desiredState: null,
        plan: null,
      });
      const answer = await api.get(TENANT, { include: 'desired' });
      expectProblem(answer, 400, 'invalid-request', 'include');
    });

    it('tells of a deletion what happens now and what is left to do', async () => {
      await api.post();
      await openRun(api.ledger, referenceTo(17), after(1));
      await ledgerTenantRepository(api.ledger, TENANT).recordAccount(account);
      await closeRun(api.ledger, referenceTo(17), vended, after(5));
      api.seconds = 60;
      const gone = changed(desiredStateJson, ['replicationSequence', 18], ['tenant.status.lifecycle.state', 'DELETED']);
      const remark =
        'The account is being taken out of use. Its people lose their access; its account 444444444444 ("retail.webshop-dev") ' +
        'is closed if the landing zone "aws-dev" closes accounts (closeAccount), and stays if not.';
      const executionArn = `arn:aws:states:eu-central-1:111111111111:execution:close-account:${TENANT}-18`;
      const body = { tenantUuid: TENANT, replicationSequence: 18, executionArn, status: 'ACCEPTED', remark };
      expect(await api.send(gone)).toEqual({ status: 202, type: 'application/json', body });
      expect(await api.send(gone)).toEqual({ status: 200, type: 'application/json', body });
      expect(VendingAcceptedSchema.parse(body)).toEqual(body);
      expect((await api.get(TENANT)).body).toMatchObject({
        status: 'ACCEPTED',
        replicationSequence: 18,
        deletion: { replicationSequence: 18, at: after(60).toISOString(), remark },
      });
      expect(api.workflow.calls).toEqual([`${TENANT}-17`, `${TENANT}-18`]);
    });

    it('shows a run that a deletion has ended before it had started anything', async () => {
      await api.post();
      const answer = await api.post(
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
      expect((await api.get(TENANT)).body).toMatchObject({
        status: 'CLOSED',
        replicationSequence: 17,
        supersededBy: 18,
      });
      expect((await api.list({ status: 'SUPERSEDED' })).body).toMatchObject({
        vendings: [{ replicationSequence: 17, status: 'SUPERSEDED', supersededBy: 18 }],
      });
    });

    it('plans the closing of a tenant that is to be deleted, for a dry run, and writes nothing: 200', async () => {
      const answer = await api.post(
        { dryRun: 'true' },
        ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
        // Neither has to be there any more.
        ['tenant.spec.landingZoneRef.name', 'gone'],
        ['project', undefined],
      );
      expect(answer.status).toBe(200);
      const planned = PlanSchema.parse(answer.body);
      expect(planned).toMatchObject({
        tenantUuid: TENANT,
        landingZone: 'gone',
        groups: [],
        closing: { closesAccount: false },
        remarks: [expect.stringContaining("'gone' is not configured any more") as string],
      });
      expect(VendingPreviewSchema.parse(answer.body)).toMatchObject(api.previewed);
      expect(api.plans).toEqual([planned]);
      expect(api.ledger.writes).toEqual([]);
      expect(api.workflow.calls).toEqual([]);
    });

    it('gives the faults of a deletion that cannot be read, for a dry run, too: 422', async () => {
      const answer = await api.post(
        { dryRun: 'true' },
        ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
        ['replicationSequence', 'seventeen'],
      );
      expectProblem(answer, 422, 'invalid-desired-state', 'replicationSequence');
    });

    it('tells of a tenant of which nothing has run that nothing has', async () => {
      const refused = { workspaceIdentifier: null, projectIdentifier: null, faults: [] };
      await rejectDesiredState(api.ledger, { tenantUuid: TENANT, replicationSequence: 17, ...refused }, after(0));
      const { status, body } = await api.get(TENANT, { include: 'desiredState,plan' });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        status: 'REJECTED',
        replicationSequence: null,
        run: null,
        workflow: null,
        executionArn: null,
        requestedBy: null,
        replayedBy: null,
        stoppedBy: null,
        approval: null,
        timeline: [],
        lastError: null,
        supersededBy: null,
        estimate: null,
        account: null,
        desiredState: null,
        plan: null,
      });
    });

    it('tells by which error the run has ended, whatever a state before has met', async () => {
      await api.post();
      const { runItem } = await openRun(api.ledger, referenceTo(17), after(1));
      const at = after(1).toISOString();
      const met = { ...stepError, name: 'TransientError' };
      const step = { state: 'CreateAccount', startedAt: at, finishedAt: null, remark: null, changes: [] };
      await recordStep(api.ledger, runItem, { ...step, error: met });
      expect((await api.get(TENANT)).body).toMatchObject({ lastError: met });
      await closeRun(api.ledger, referenceTo(17), failed, after(5));
      expect((await api.get(TENANT)).body).toMatchObject({ lastError: stepError });
    });

    it('tells the whole story of a run that has failed', async () => {
      await api.post();
      const { runItem } = await openRun(api.ledger, referenceTo(17), after(1));
      await recordStep(api.ledger, runItem, {
        state: 'CreateAccount',
        startedAt: after(1).toISOString(),
        finishedAt: null,
        remark: null,
        error: stepError,
        changes: [],
      });
      await closeRun(api.ledger, referenceTo(17), failed, after(5));
      const answer = await api.get(TENANT);
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
          requestedBy: CALLER,
          replayedBy: null,
          stoppedBy: null,
          approval: null,
          status: 'FAILED',
          statusChangedAt: after(5).toISOString(),
          stoppedAt: null,
          settlesAt: null,
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
      await api.post();
      await ledgerTenantRepository(api.ledger, TENANT).recordAccount(account);
      await api.post(null, ['replicationSequence', 18]);
      const faults = [{ field: 'trigger', message: 'is wrong' }];
      await rejectDesiredState(
        api.ledger,
        { tenantUuid: TENANT, replicationSequence: 19, workspaceIdentifier: null, projectIdentifier: null, faults },
        NOW,
      );
      expect(await api.get(TENANT)).toMatchObject({
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
      await api.post();
      const { runItem } = await openRun(api.ledger, referenceTo(17), NOW);
      const pass = { startedAt: NOW.toISOString(), finishedAt: null, remark: null, changes: [] };
      await recordStep(api.ledger, runItem, { ...pass, state: 'MoveAccount', error: stepError });
      expect(await api.get(TENANT)).toMatchObject({ body: { status: 'RUNNING', lastError: stepError } });
    });

    it('finds a tenant however its uuid is spelt', async () => {
      await api.post();
      expect(await api.get(TENANT.toUpperCase())).toMatchObject({ status: 200, body: { tenantUuid: TENANT } });
    });

    it.each([OTHER_TENANT, 'x', ''])('knows nothing of %j: 404', async (tenantUuid) => {
      const answer = await api.get(tenantUuid);
      expectProblem(answer, 404, 'not-found');
      expect(detailOf(answer)).toContain(`'${tenantUuid}'`);
    });
  });
});
