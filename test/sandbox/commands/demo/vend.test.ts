import type { VendingDetail } from '../../../../functions/api/responses';
import type { DeadLetter } from '../../../../functions/ports/queues';
import type { Order } from '../../../../sandbox/commands/demo/order';
import { isFulfilled, type OrderStatus, vend } from '../../../../sandbox/commands/demo/vend';
import type { ApiAnswer, Stage } from '../../../../sandbox/runtime/stage/stage';
import { changed, desiredStateJson } from '../../../functions/domain/examples';

const byEvent: Order = { source: 'any.json', trigger: 'event', desiredState: desiredStateJson };
const byApi: Order = { ...byEvent, trigger: 'api' };

const problem = (status: number, detail: string, errors: readonly object[] = []): ApiAnswer => ({
  status,
  body: { type: 'urn:any', title: 'Any', status, detail, errors },
});

const notFound = problem(404, 'No such tenant.');

const detail = (changes: Partial<VendingDetail> = {}): ApiAnswer => {
  const body: VendingDetail = {
    tenantUuid: desiredStateJson.tenant.metadata.uuid,
    workspaceIdentifier: 'retail',
    projectIdentifier: 'webshop-dev',
    replicationSequence: desiredStateJson.replicationSequence,
    run: 1,
    workflow: 'vend-account',
    executionArn: 'arn:any',
    requestedBy: null,
    replayedBy: null,
    stoppedBy: null,
    approval: null,
    status: 'RUNNING',
    statusChangedAt: '2026-01-01T00:00:00Z',
    stoppedAt: null,
    settlesAt: null,
    waitingSequence: null,
    supersededBy: null,
    deletion: null,
    account: null,
    timeline: [],
    lane: null,
    estimate: null,
    lastError: null,
    rejection: null,
    ...changes,
  };
  return { status: 200, body };
};

const accepted: ApiAnswer = { status: 202, body: {} };

interface Script {
  readonly post?: ApiAnswer;
  /** What each look finds; the last one stays. */
  readonly looks?: readonly ApiAnswer[];
  readonly deadLetters?: readonly DeadLetter[];
}

/** A stage on which a minute passes with each pause, and that is patient for ten. */
function scriptedStage({ post = accepted, looks = [notFound], deadLetters = [] }: Script): Stage {
  let minutes = 0;
  let looked = 0;
  const look = (): ApiAnswer => looks[looked++] ?? looks.at(-1) ?? notFound;
  const stage: Partial<Stage> = {
    sendEvent: () => Promise.resolve(),
    callApi: ({ method }) => Promise.resolve(method === 'POST' ? post : look()),
    deadLetters: () => Promise.resolve(deadLetters),
    pause: () => {
      minutes += 1;
      return Promise.resolve();
    },
    patienceSeconds: 600,
    now: () => new Date(minutes * 60_000),
  };
  return stage as Stage;
}

async function vendOne(order: Order, script: Script): Promise<OrderStatus & { readonly minutes: number }> {
  const [status] = await vend(scriptedStage(script), [order], () => undefined);
  if (status === undefined) throw new Error('There is no status.');
  return { ...status, minutes: ((status.endedAt?.getTime() ?? NaN) - status.startedAt.getTime()) / 60_000 };
}

describe('vend', () => {
  it.each(['VENDED', 'FAILED'] as const)(
    'ends with %s, once nothing is added to the story any more',
    async (status) => {
      const step = { startedAt: '2026-01-01T00:00:00Z', finishedAt: null, attempts: 1, remark: null, error: null };
      const timeline = [{ ...step, state: 'LastState', changes: [] }];
      const looks = [notFound, detail(), detail({ status }), detail({ status, timeline })];
      const end = await vendOne(byEvent, { looks });
      expect(end).toMatchObject({ status, detail: { timeline }, minutes: 5, faults: [] });
    },
  );

  it.each([
    { trigger: 'event', order: byEvent, looks: [notFound], lastChange: 0 },
    { trigger: 'api', order: byApi, looks: [notFound, detail()], lastChange: 2 },
  ])('ends as SILENT when nothing changes for longer than the stage is patient ($trigger)', async (row) => {
    const { order, looks, lastChange } = row;
    const end = await vendOne(order, { looks });
    expect(end).toMatchObject({ status: 'SILENT', minutes: lastChange + 11 });
    expect(end.faults).toEqual([
      { field: 'The application', message: expect.stringMatching(/nothing new .* 600 seconds.*--verbose/) as string },
    ]);
  });

  it('stays patient as long as anything changes', async () => {
    const slow = Array.from({ length: 30 }, (_, minute) =>
      detail({ statusChangedAt: `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z` }),
    );
    // Each is seen nine times: nine minutes go by without a change.
    const looks = [...slow.flatMap((look) => Array<ApiAnswer>(9).fill(look)), detail({ status: 'VENDED' })];
    expect(await vendOne(byEvent, { looks })).toMatchObject({ status: 'VENDED', minutes: 30 * 9 + 2 });
  });

  it('bears a look that fails, and tells of it only when it is the last word', async () => {
    const failing = problem(500, 'The call failed.');
    const looks = [failing, detail(), failing, detail({ status: 'VENDED' })];
    expect(await vendOne(byEvent, { looks })).toMatchObject({ status: 'VENDED', faults: [] });
    const end = await vendOne(byEvent, { looks: [failing] });
    expect(end.status).toBe('SILENT');
    expect(end.faults[0]).toEqual({
      field: `GET /vendings/${desiredStateJson.tenant.metadata.uuid}`,
      message: 'was answered with 500: The call failed.',
    });
  });

  it.each([
    {
      post: problem(422, 'Invalid.', [{ field: 'tenant', message: 'is missing.' }]),
      faults: [{ field: 'tenant', message: 'is missing.' }],
    },
    { post: problem(409, 'Older.'), faults: [{ field: 'request', message: 'Older.' }] },
  ])('takes $post.status for the no of the application', async ({ post, faults }) => {
    expect(await vendOne(byApi, { post })).toMatchObject({ status: 'REJECTED', faults });
  });

  it.each([
    { post: problem(500, 'The call failed.'), said: '500: The call failed.' },
    { post: problem(403, 'Not signed.'), said: '403: Not signed.' },
    {
      post: { status: 502, body: { message: 'Internal server error' } },
      said: '502: {"message":"Internal server error"}',
    },
    { post: { status: 504, body: 'plain text' }, said: '504: "plain text"' },
  ])('takes $post.status for trouble, not for a refusal', async ({ post, said }) => {
    const faults = [{ field: 'POST /vendings', message: `was answered with ${said}` }];
    expect(await vendOne(byApi, { post })).toMatchObject({ status: 'ERROR', faults });
  });

  it.each([
    { known: 'nothing of the tenant', changes: { replicationSequence: null, status: 'REJECTED' as const } },
    { known: 'an earlier good state', changes: { replicationSequence: 3, status: 'VENDED' as const } },
  ])('sees that an event was refused when the application knows $known', async ({ changes }) => {
    const fault = { field: 'tenant', message: 'is wrong.' };
    const rejection = { replicationSequence: 17, at: '2026-01-01T00:00:00Z', faults: [fault] };
    const end = await vendOne(byEvent, { looks: [detail({ ...changes, rejection })] });
    expect(end).toMatchObject({ status: 'REJECTED', faults: [fault] });
  });

  const deletionOf = (replicationSequence: number): VendingDetail['deletion'] => ({
    replicationSequence,
    at: '2026-01-01T00:00:00Z',
    remark: 'Any.',
  });

  it.each<{ by: string; looks: readonly ApiAnswer[]; minutes: number }>([
    { by: 'came first', looks: [detail({ replicationSequence: 18 })], minutes: 1 },
    {
      by: 'waited for its run to end',
      looks: [detail({ waitingSequence: 18 }), detail({ replicationSequence: 18 })],
      minutes: 2,
    },
    {
      by: 'is a deletion, before anything had begun',
      looks: [detail({ status: 'CLOSED', supersededBy: 18, deletion: deletionOf(18) })],
      minutes: 1,
    },
    {
      by: 'is a deletion, which waited for its run to end',
      looks: [detail({ deletion: deletionOf(18) }), detail({ replicationSequence: 18, deletion: deletionOf(18) })],
      minutes: 2,
    },
  ])('ends with SUPERSEDED when a later order of the tenant $by', async ({ looks, minutes }) => {
    expect(await vendOne(byEvent, { looks })).toMatchObject({ status: 'SUPERSEDED', minutes, faults: [] });
  });

  it.each(['CLOSED', 'FAILED'] as const)(
    'follows a deletion past the end of the run before it, to %s',
    async (status) => {
      const deletion = deletionOf(desiredStateJson.replicationSequence);
      const before = detail({ replicationSequence: 16, status: 'VENDED', deletion });
      const closing = { replicationSequence: 17, workflow: 'close-account', deletion } as const;
      const looks = [before, before, detail(closing), detail({ ...closing, status }), detail({ ...closing, status })];
      expect(await vendOne(byEvent, { looks })).toMatchObject({ status, minutes: 5 });
    },
  );

  it('needs no run to see that there was nothing to close', async () => {
    const deletion = deletionOf(desiredStateJson.replicationSequence);
    const looks = [detail({ replicationSequence: null, run: null, workflow: null, status: 'CLOSED', deletion })];
    expect(await vendOne(byEvent, { looks })).toMatchObject({ status: 'CLOSED', faults: [] });
  });

  it.each([
    { status: 'VENDED', fulfilled: true },
    { status: 'CLOSED', fulfilled: true },
    { status: 'SUPERSEDED', fulfilled: true },
    { status: 'FAILED', fulfilled: false },
    { status: 'SILENT', fulfilled: false },
  ] as const)('calls an order fulfilled that is $status: $fulfilled', async ({ status, fulfilled }) => {
    const end = await vendOne(byEvent, {});
    expect(isFulfilled({ ...end, status })).toBe(fulfilled);
  });

  it('sees that an event could not be read', async () => {
    const order = { ...byEvent, desiredState: changed(desiredStateJson, ['tenant', undefined]) };
    const another = { body: JSON.stringify({ detail: {} }), reason: 'detail: is empty.', field: 'detail' };
    const reason = 'tenant: is missing.\nworkspace: must be an object: it is 1.';
    const letter = { body: JSON.stringify({ detail: order.desiredState }), reason, field: 'tenant' };
    const end = await vendOne(order, { deadLetters: [another, letter] });
    expect(end).toMatchObject({
      status: 'UNREADABLE',
      faults: [
        { field: 'tenant', message: 'is missing.' },
        { field: 'workspace', message: 'must be an object: it is 1.' },
      ],
    });
  });
});
