import { runKey } from '../../../functions/ledger/base/keys';
import { openRun } from '../../../functions/ledger/runs/open-run';
import { rememberStop } from '../../../functions/ledger/runs/run-stop';
import { startRun } from '../../../functions/ledger/runs/start-run';
import { after, TENANT } from '../../fakes/vending';
import { accept, close, failed, overwrite, referenceTo } from '../ledger/ledger-calls';
import { ApiWorld, arnOf, CALLER, expectProblem } from './api-world';

describe('POST /vendings/{tenantUuid}/stop', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
    api.executions.stoppedAt = after(100);
  });

  const begun = async (): Promise<void> => {
    await accept(api.ledger, 17);
    await startRun(api.ledger, api.workflow, referenceTo(17));
    await openRun(api.ledger, referenceTo(17), after(1));
  };

  it('stops the run that is under way, and says who has done it and why', async () => {
    await begun();
    const stopped = { stoppedAt: after(100).toISOString(), settlesAt: after(610).toISOString() };
    const answer = { tenantUuid: TENANT, replicationSequence: 17, executionArn: arnOf(`${TENANT}-17`), ...stopped };
    expect(await api.stop({ reason: '  the wrong unit ' })).toMatchObject({ status: 202, body: answer });
    expect(api.executions.stops).toEqual([
      {
        executionArn: arnOf(`${TENANT}-17`),
        error: 'StoppedByOperator',
        cause: `${CALLER} has stopped this run: the wrong unit`,
      },
    ]);
    expect((await api.get(TENANT)).body).toMatchObject({ status: 'RUNNING', ...stopped, stoppedBy: CALLER });
    expect((await api.list()).body).toMatchObject({ vendings: [stopped] });
    expect(api.log.entries.at(-1)).toEqual({
      level: 'warn',
      sentence: 'A run was stopped',
      keys: { ...referenceTo(17), caller: CALLER, reason: 'the wrong unit' },
    });
  });

  it('says who it was also where RecordFailure has heard of the stop first, and after the end', async () => {
    await begun();
    await rememberStop(api.ledger, referenceTo(17), after(100), 300);
    await api.stop({ reason: 'wrong' });
    await close(api.ledger, 17, failed);
    expect((await api.get(TENANT)).body).toMatchObject({ status: 'FAILED', stoppedBy: CALLER });
  });

  it('answers the same a second time', async () => {
    await begun();
    const first = await api.stop({ reason: 'wrong' });
    api.executions.stoppedAt = after(200);
    expect(await api.stop({ reason: 'wrong' })).toEqual(first);
  });

  it('is shown no more when the run has gone on, or has ended', async () => {
    await begun();
    await api.stop({ reason: 'wrong' });
    await openRun(api.ledger, referenceTo(17), after(159));
    expect((await api.get(TENANT)).body).toMatchObject({ stoppedAt: after(100).toISOString() });
    await openRun(api.ledger, referenceTo(17), after(161));
    expect((await api.get(TENANT)).body).toMatchObject({ status: 'RUNNING', stoppedAt: null, settlesAt: null });
    await close(api.ledger, 17, failed);
    expect((await api.get(TENANT)).body).toMatchObject({ status: 'FAILED', stoppedAt: null });
  });

  it.each([
    null,
    '',
    'no JSON',
    '[]',
    '{}',
    { reason: '' },
    { reason: '  ' },
    { reason: 7 },
    { reason: 'x'.repeat(501) },
  ])('refuses a request without a reason: %j', async (body) => {
    await begun();
    expectProblem(await api.stop(body), 400, 'invalid-request', 'reason');
    expect(api.executions.stops).toEqual([]);
  });

  it('shows the beginning of what was sent in the place of a reason', async () => {
    const valueOf = async (body: unknown) =>
      ((await api.stop(body)).body as { readonly errors: readonly { readonly value?: unknown }[] }).errors;
    expect(await valueOf(`"${'x'.repeat(200)}`)).toMatchObject([{ value: `"${'x'.repeat(99)}`, limit: 500 }]);
    expect((await valueOf(null))[0]).not.toHaveProperty('value');
  });

  it('says of a caller that nobody knows somebody', async () => {
    await begun();
    await api.call({
      httpMethod: 'POST',
      resource: '/vendings/{tenantUuid}/stop',
      pathParameters: { tenantUuid: TENANT },
      body: JSON.stringify({ reason: 'wrong' }),
      requestContext: null,
    });
    expect(api.executions.stops).toMatchObject([{ cause: 'Somebody has stopped this run: wrong' }]);
  });

  it('has nothing to stop of a run that is not in the ledger any more', async () => {
    await begun();
    await overwrite(api.ledger, runKey(TENANT, 17, 1), null);
    expectProblem(await api.stop({ reason: 'wrong' }), 409, 'conflict');
    expect(api.executions.stops).toEqual([]);
  });

  it('knows no tenant that never came in', async () => {
    expectProblem(await api.stop({ reason: 'wrong' }), 404, 'not-found');
  });

  it.each([
    { what: 'has not begun', act: () => accept(api.ledger, 17) },
    {
      what: 'has ended',
      act: async () => {
        await begun();
        await close(api.ledger, 17, failed);
      },
    },
  ])('refuses where the run $what', async ({ act }) => {
    await act();
    expectProblem(await api.stop({ reason: 'wrong' }), 409, 'conflict');
    expect(api.executions.stops).toEqual([]);
  });
});
