import { TransientError } from '../../../functions/domain/base/errors';
import { recordStep } from '../../../functions/ledger/runs/record-step';
import { ledgerApprovals } from '../../../functions/ledger/runs/approvals';
import { openRun } from '../../../functions/ledger/runs/open-run';
import { startRun } from '../../../functions/ledger/runs/start-run';
import { VendingDecidedSchema } from '../../../functions/api/vending-responses';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { after, TENANT } from '../../fakes/vending';
import { accept, referenceTo } from '../ledger/ledger-calls';
import { ApiWorld, CALLER, detailOf, expectProblem } from './api-world';

describe('POST /vendings/{tenantUuid}/approval', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  const decide = (body: unknown, userArn = CALLER) =>
    api.call({
      requestContext: { identity: { userArn } },
      httpMethod: 'POST',
      resource: '/vendings/{tenantUuid}/approval',
      pathParameters: { tenantUuid: TENANT.toUpperCase() },
      body: typeof body === 'string' || body === null ? body : JSON.stringify(body),
    });

  const waits = async (): Promise<void> => {
    await accept(api.ledger, 17);
    await startRun(api.ledger, api.workflow, referenceTo(17));
    const { runItem } = await openRun(api.ledger, referenceTo(17), after(1));
    const deps = { ledger: api.ledger, tokens: new FakeTaskTokens(), now: () => after(2) };
    await ledgerApprovals(deps, referenceTo(17), 'token').ask(14);
    const at = after(2).toISOString();
    const pass = { state: 'AwaitApproval', startedAt: at, finishedAt: null, remark: null, error: null, changes: [] };
    await recordStep(api.ledger, runItem, pass);
    api.seconds = 60;
    api.watch.watched.length = 0;
  };

  it.each(['approve', 'reject'])('writes down who has decided, and why: %s', async (decision) => {
    await waits();
    expect((await api.get(TENANT)).body).toMatchObject({ status: 'AWAITING_APPROVAL', approval: { decision: null } });
    const answer = await decide({ decision, reason: ' as agreed ' });
    const decided = { decision, decidedBy: CALLER, decidedAt: after(60).toISOString(), reason: 'as agreed' };
    expect(answer).toMatchObject({
      status: 202,
      body: { tenantUuid: TENANT, replicationSequence: 17, run: 1, ...decided },
    });
    expect(VendingDecidedSchema.parse(answer.body)).toEqual(answer.body);
    const { body } = await api.get(TENANT);
    expect(body).toMatchObject({ approval: decided });
    expect(JSON.stringify(body)).not.toContain('"token"');
    expect(api.watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 17 }]);
    expect(api.log.entries.at(-1)).toEqual({
      level: 'warn',
      sentence: 'A run was decided',
      keys: { ...referenceTo(17), decision, decidedBy: CALLER, reason: 'as agreed' },
    });
    expect(api.turns.answered.get('token')).toMatchObject(
      decision === 'approve' ? { decision } : { error: 'RejectedError' },
    );
    expect(await decide({ decision, reason: 'again' }, 'arn:somebody-else')).toMatchObject({
      status: 202,
      body: decided,
    });
  });

  it('is asked again where the run could not be told, whose decision stays', async () => {
    await waits();
    api.turns.beforeAnswer = () => {
      throw new TransientError('Slow down.');
    };
    expect((await decide({ decision: 'approve', reason: 'yes' })).status).toBe(503);
    api.turns.beforeAnswer = undefined;
    expect((await decide({ decision: 'approve', reason: 'yes' })).status).toBe(202);
    expect(api.turns.answered.has('token')).toBe(true);
  });

  it('refuses another decision when one is there', async () => {
    await waits();
    await decide({ decision: 'approve', reason: 'yes' });
    const answer = await decide({ decision: 'reject', reason: 'no' });
    expectProblem(answer, 409, 'conflict');
    expect(detailOf(answer)).toBe(`It was decided already: approve, by ${CALLER} at ${after(60).toISOString()}.`);
  });

  it('refuses a decision that comes too late', async () => {
    await waits();
    api.seconds = 15 * 24 * 3600;
    const answer = await decide({ decision: 'approve', reason: 'yes' });
    expectProblem(answer, 409, 'conflict');
    expect(detailOf(answer)).toContain('has expired');
  });

  it('refuses where nothing waits, and says what to do of a replay while it waits', async () => {
    await accept(api.ledger, 17);
    const answer = await decide({ decision: 'approve', reason: 'yes' });
    expectProblem(answer, 409, 'conflict');
    expect(detailOf(answer)).toContain('No run of this tenant waits for an approval');
    api = new ApiWorld();
    await waits();
    expect(detailOf(await api.replay())).toContain('waits for an approval');
  });

  it('refuses a body that is no JSON by its media type', async () => {
    await waits();
    const answer = await api.call({
      httpMethod: 'POST',
      resource: '/vendings/{tenantUuid}/approval',
      pathParameters: { tenantUuid: TENANT },
      body: 'decision=approve',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expectProblem(answer, 415, 'unsupported-media-type');
  });

  it('knows no tenant that never came in', async () => {
    expectProblem(await decide({ decision: 'approve', reason: 'yes' }), 404, 'not-found');
  });

  it.each([
    { body: null, fields: ['decision', 'reason'] },
    { body: 'no JSON', fields: ['decision', 'reason'] },
    { body: {}, fields: ['decision', 'reason'] },
    { body: { decision: 'maybe', reason: 'yes' }, fields: ['decision'] },
    { body: { decision: 'approve' }, fields: ['reason'] },
    { body: { decision: 'approve', reason: ' ' }, fields: ['reason'] },
    { body: { decision: 'approve', reason: 'x'.repeat(501) }, fields: ['reason'] },
  ])('refuses what it cannot read, by its field: $body', async ({ body, fields }) => {
    await waits();
    expectProblem(await decide(body), 400, 'invalid-request', ...fields);
  });
});
