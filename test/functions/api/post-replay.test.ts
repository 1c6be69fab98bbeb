import { ProblemSchema, VendingReplayedSchema } from '../../../functions/api/responses';
import { TransientError } from '../../../functions/domain/base/errors';
import { closeRun } from '../../../functions/ledger/runs/close-run';
import { openRun } from '../../../functions/ledger/runs/open-run';
import { rejectDesiredState } from '../../../functions/ledger/intake/reject-desired-state';
import { OTHER_TENANT, TENANT, after } from '../../fakes/vending';
import { referenceTo, runIn, stepError, tenantIn, vended } from '../ledger/ledger-calls';
import { ApiWorld, arnOf, CALLER, expectProblem } from './api-world';

describe('the API', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  describe('POST /vendings/{tenantUuid}/replay', () => {
    const endsWith = async (name: string): Promise<void> => {
      await api.post();
      await openRun(api.ledger, referenceTo(17), after(1));
      await closeRun(api.ledger, referenceTo(17), { status: 'FAILED', error: { ...stepError, name } }, after(5));
      api.seconds = 60;
    };

    it.each(['TransientError', 'Sandbox.Timedout', 'TIMED_OUT'])('lets the run go on after %s', async (name) => {
      await endsWith(name);
      const answer = await api.replay();
      const executionArn = arnOf(`${TENANT}-17`);
      expect(answer).toMatchObject({
        status: 202,
        body: { tenantUuid: TENANT, replicationSequence: 17, executionArn, status: 'RUNNING', replay: 'redriven' },
      });
      expect(VendingReplayedSchema.parse(answer.body)).toEqual(answer.body);
      expect(api.executions.redrives).toEqual([executionArn]);
      expect((await api.get(TENANT)).body).toMatchObject({ status: 'RUNNING', run: 1, replayedBy: CALLER });
      await openRun(api.ledger, referenceTo(17), after(61));
    });

    it.each(['RejectedError', 'InvalidRequestError'])('begins a new run after %s', async (name) => {
      await endsWith(name);
      const answer = await api.replay();
      const executionArn = arnOf(`${TENANT}-17-r2`);
      expect(answer).toMatchObject({ status: 202, body: { executionArn, status: 'ACCEPTED', replay: 'restarted' } });
      expect(VendingReplayedSchema.parse(answer.body)).toEqual(answer.body);
      expect(api.executions.redrives).toEqual([]);
      expect(api.workflow.started.get(`${TENANT}-17-r2`)).toEqual(referenceTo(17, 2));
      expect((await api.get(TENANT)).body).toMatchObject({ run: 2, requestedBy: CALLER, replayedBy: CALLER });
    });

    it('begins a new run where Step Functions cannot redrive any more, and keeps what is known of the old one', async () => {
      await endsWith('TransientError');
      api.executions.isTooOld = true;
      expect(await api.replay()).toMatchObject({
        status: 202,
        body: { executionArn: arnOf(`${TENANT}-17-r2`), status: 'ACCEPTED', replay: 'restarted' },
      });
      expect(await runIn(api.ledger, 17)).toMatchObject({ status: 'FAILED', error: { name: 'TransientError' } });
      expect(await tenantIn(api.ledger)).toMatchObject({ activeRun: { replicationSequence: 17, run: 2 } });
      expect(await runIn(api.ledger, 17, 2)).toMatchObject({ requestedBy: CALLER, replayedBy: CALLER });
    });

    it('does not tell of a redrive in the console that the one before has asked for it', async () => {
      await endsWith('TransientError');
      await api.replay();
      await openRun(api.ledger, referenceTo(17), after(61));
      await closeRun(api.ledger, referenceTo(17), { status: 'FAILED', error: stepError }, after(65));
      await openRun(api.ledger, referenceTo(17), after(70));
      expect((await api.get(TENANT)).body).toMatchObject({ status: 'RUNNING', requestedBy: CALLER, replayedBy: null });
    });

    it('has the ledger written, and a look asked for, before anything is redriven', async () => {
      await endsWith('TransientError');
      api.watch.watched.length = 0;
      jest.spyOn(api.executions, 'redrive').mockRejectedValueOnce(new TransientError('killed'));
      expect((await api.replay()).status).toBe(503);
      expect(await runIn(api.ledger, 17)).toMatchObject({ status: 'RUNNING', resumedAt: after(60).toISOString() });
      expect(api.watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 17 }]);
    });

    it('changes nothing where nobody would look after the run', async () => {
      await endsWith('TransientError');
      jest.spyOn(api.watch, 'watch').mockRejectedValue(new TransientError('The queue is away.'));
      expectProblem(await api.replay(), 503, 'unavailable');
      expect(await runIn(api.ledger, 17)).toMatchObject({ status: 'FAILED' });
      expect(api.executions.redrives).toEqual([]);
    });

    it('redrives once of two who replay at the same moment', async () => {
      await endsWith('TransientError');
      const answers = await Promise.all([api.replay(), api.replay()]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
      expect(api.executions.redrives).toHaveLength(1);
    });

    it.each<{ when: string; act: () => Promise<unknown>; says: string }>([
      { when: 'its run is under way', act: () => api.post(), says: 'Wait for its end' },
      {
        when: 'its run has vended',
        act: async () => {
          await api.post();
          await closeRun(api.ledger, referenceTo(17), vended, after(5));
        },
        says: 'has ended as VENDED, so there is nothing to replay',
      },
      {
        when: 'a deletion has come since',
        act: async () => {
          await endsWith('TransientError');
          await api.post(null, ['replicationSequence', 18], ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']);
        },
        says: 'Sequence 18 has superseded what was vended before',
      },
      {
        when: 'a newer desired state has begun since',
        act: async () => {
          await endsWith('TransientError');
          await api.post(null, ['replicationSequence', 18]);
        },
        says: 'The run of sequence 18 is under way',
      },
      {
        when: 'nothing of it was ever accepted',
        act: () => {
          const refused = { workspaceIdentifier: null, projectIdentifier: null, faults: [] };
          return rejectDesiredState(api.ledger, { tenantUuid: TENANT, replicationSequence: 17, ...refused }, after(0));
        },
        says: 'Correct what its rejection names',
      },
    ])('is refused with what to do instead when $when: 409', async ({ act, says }) => {
      await act();
      const started = api.workflow.calls.length;
      const answer = await api.replay();
      expectProblem(answer, 409, 'conflict');
      expect(ProblemSchema.parse(answer.body).detail).toContain(says);
      expect(api.workflow.calls).toHaveLength(started);
      expect(api.executions.redrives).toEqual([]);
    });

    it('knows no tenant that nobody has ever sent: 404', async () => {
      expectProblem(await api.replay(OTHER_TENANT), 404, 'not-found');
      expect(api.watch.watched).toEqual([]);
    });
  });
});
