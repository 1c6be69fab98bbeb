import * as z from 'zod';
import { $ZodError } from 'zod/v4/core';

import type { AwsSession } from '../../../functions/aws/base/aws-session';
import { InvalidRequestError, RejectedError, TransientError } from '../../../functions/domain/base/errors';
import type { TaskName } from '../../../functions/domain/base/state-name';
import type { Step, StepContext } from '../../../functions/domain/run/step-context';
import { pinPlan } from '../../../functions/ledger/runs/pin-plan';
import type { Runtime } from '../../../functions/runtime/environment';
import { stepHandler } from '../../../functions/runtime/step-handler';
import closeAccount from '../../../statemachines/close-account.asl.json';
import vendAccount from '../../../statemachines/vend-account.asl.json';
import { RecordingLog, RecordingMetrics, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { after, NOW, plan, TENANT } from '../../fakes/vending';
import { accept, close, failed, referenceTo, runIn, tenantIn, vended } from '../ledger/ledger-calls';

/** Every state of the workflows that a function carries out. */
const taskNames = [...JSON.stringify([vendAccount, closeAccount]).matchAll(/"Resource":"\$\{(\w+)\}"/g)].map(
  ([, name = '']) => name as TaskName,
);

describe('the wrapper of a step', () => {
  let ledger: RecordingLedgerStore;
  let log: RecordingLog;
  let seconds: number;
  let metrics: RecordingMetrics;

  const host = (): Runtime => ({
    environment: (name) => `value of ${name}`,
    now: () => after(seconds),
    log,
    ledger,
    metrics,
    wait: (milliseconds) => {
      seconds += milliseconds / 1000;
      return Promise.resolve();
    },
    secrets: { externalId: () => Promise.resolve('the-external-id'), scimAccessToken: () => Promise.resolve('') },
    watch: new RecordingWatch(),
    aws: {},
  });

  const call = (step: Step, input: unknown = { ...referenceTo(17), results: {} }) =>
    stepHandler('CheckAccess', host(), () => step)(input);

  const done: Step = () => Promise.resolve({ result: { ready: true, waitSeconds: 0 } });

  beforeEach(async () => {
    ledger = new RecordingLedgerStore();
    log = new RecordingLog();
    seconds = 0;
    metrics = new RecordingMetrics();
    await accept(ledger, 17);
    await pinPlan(ledger, referenceTo(17), plan());
  });

  it('gives the step its tenant and plan, and the workflow its result', async () => {
    let given: StepContext | undefined;
    const result = await call((context) => {
      given = context;
      return Promise.resolve({ result: { ready: true, waitSeconds: 0 } });
    });
    expect(result).toEqual({ ready: true, waitSeconds: 0 });
    expect(given).toEqual({ tenant: await tenantIn(ledger), plan: plan(), now: NOW, stateEnteredAt: NOW });
  });

  it('bears a refusal for the minute in which a change of roles may not have reached all of AWS', async () => {
    const patience: unknown[] = [];
    const enter = stepHandler('CheckAccess', host(), ({ isPatient }) => () => {
      patience.push(isPatient?.());
      return Promise.resolve({ result: { ready: false, waitSeconds: 30 } });
    });
    for (seconds of [0, 59, 60]) await enter({ ...referenceTo(17), results: {} });
    expect(patience).toEqual([true, true, false]);
  });

  it('is not done before the timeline says so', async () => {
    await call(done);
    ledger.beforeNextCommit = () => Promise.reject(new Error('no table'));
    await expect(call(done)).rejects.toThrow('no table');
  });

  it.each([
    { PlanVending: { planHash: 'another' } },
    { PlanClosing: { planHash: 'another' } },
    { PlanVending: {}, PlanClosing: { planHash: 'another' } },
  ])('lets no step work by a plan that is not the one that the run began with, and says so: %j', async (results) => {
    const step = jest.fn(done);
    const input = { ...referenceTo(17), results };
    await expect(call(step, input)).rejects.toThrow('the plan was changed');
    expect(step).not.toHaveBeenCalled();
    expect((await runIn(ledger, 17)).steps).toMatchObject([{ error: { name: 'RejectedError' } }]);
  });

  it('writes the pass into the timeline', async () => {
    seconds = 5;
    await call(() => {
      seconds = 8;
      const changes = [{ what: 'alias', from: null, to: 'x' }];
      return Promise.resolve({ result: {}, remark: 'All is well.', changes });
    });
    expect((await runIn(ledger, 17)).steps).toEqual([
      {
        state: 'CheckAccess',
        startedAt: after(5).toISOString(),
        finishedAt: after(8).toISOString(),
        attempts: 1,
        remark: 'All is well.',
        error: null,
        changes: [{ what: 'alias', from: null, to: 'x' }],
      },
    ]);
  });

  it.each([
    [
      'a throttle',
      new TransientError('too fast', { throttled: true }),
      [{ name: 'Throttles', dimensions: { State: 'CheckAccess' } }],
    ],
    ['another fault that passes', new TransientError('AWS is not well'), []],
  ])('counts throttles, and nothing else: %s', async (_, error, counted) => {
    await expect(call(() => Promise.reject(error))).rejects.toBe(error);
    expect(metrics.measurements).toMatchObject(counted);
  });

  it('makes two calls to the ledger: one read, one write', async () => {
    await call(done);
    let reads = 0;
    const written = ledger.writes.length;
    const counting: Runtime = {
      ...host(),
      ledger: {
        read: (keys) => {
          reads += 1;
          return ledger.read(keys);
        },
        commit: (writes) => ledger.commit(writes),
        readPartition: (query) => ledger.readPartition(query),
        list: (query) => ledger.list(query),
      },
    };
    await stepHandler('CheckAccess', counting, () => done)(referenceTo(17));
    expect({ reads, writes: ledger.writes.length - written }).toEqual({ reads: 1, writes: 1 });
  });

  describe('where the next look is a few seconds away', () => {
    /** The step says these waits, one after the other, and is ready then. */
    const waiting = (...waits: readonly number[]) => {
      const looks: number[] = [];
      const step: Step = () => {
        const waitSeconds = waits[looks.push(seconds) - 1];
        return Promise.resolve({ result: { ready: waitSeconds === undefined, waitSeconds: waitSeconds ?? 0 } });
      };
      return { looks, step };
    };

    it('takes it itself, with the ledger as it is then, and shows each in the timeline', async () => {
      const { looks, step } = waiting(6, 3);
      expect(await call(step)).toEqual({ ready: true, waitSeconds: 0 });
      expect(looks).toEqual([0, 6, 9]);
      expect((await runIn(ledger, 17)).steps).toMatchObject([{ attempts: 3, finishedAt: after(9).toISOString() }]);
    });

    it('leaves it to the workflow once it has waited for twelve seconds', async () => {
      const { looks, step } = waiting(5, 5, 5);
      expect(await call(step)).toEqual({ ready: false, waitSeconds: 5 });
      expect(looks).toEqual([0, 5, 10]);
    });

    it('leaves it to the workflow where the looks themselves take long', async () => {
      const { looks, step } = waiting(2, 2, 2);
      const result = await call(async (context) => {
        const report = await step(context);
        seconds += 17;
        return report;
      });

      expect(result).toEqual({ ready: false, waitSeconds: 2 });
      expect(looks).toEqual([0, 19]);
    });

    it.each([7, 0])('leaves other waits to the workflow: %s s', async (waitSeconds) => {
      const { looks, step } = waiting(waitSeconds);
      expect(await call(step)).toEqual({ ready: false, waitSeconds });
      expect(looks).toEqual([0]);
    });

    it('goes on where it is done, whatever it says about a wait', async () => {
      let looks = 0;
      const step: Step = () => Promise.resolve({ result: { ready: true, waitSeconds: 3, looks: (looks += 1) } });
      expect(await call(step)).toMatchObject({ looks: 1 });
    });
  });

  it('shows a state that will be entered again as not finished', async () => {
    await call(() => Promise.resolve({ result: { ready: false, waitSeconds: 30 } }));
    expect((await runIn(ledger, 17)).steps).toMatchObject([{ finishedAt: null, attempts: 1 }]);
    await call(done);
    expect((await runIn(ledger, 17)).steps).toMatchObject([{ finishedAt: NOW.toISOString(), attempts: 2 }]);
  });

  it('counts the wait of a state from its first pass', async () => {
    const entered: Date[] = [];
    const waiting: Step = ({ stateEnteredAt }) => {
      entered.push(stateEnteredAt);
      return Promise.resolve({ result: { ready: false } });
    };
    for (const at of [10, 20, 30]) {
      seconds = at;
      await call(waiting);
    }
    expect(entered).toEqual([after(10), after(10), after(10)]);
  });

  it('counts the wait again when the run is redriven', async () => {
    const waiting: Step = () => Promise.resolve({ result: { ready: false } });
    await call(waiting);
    await close(ledger, 17, failed, 1, after(60));
    seconds = 3600;
    let entered: Date | undefined;
    await call(({ stateEnteredAt }) => {
      entered = stateEnteredAt;
      return Promise.resolve({ result: {} });
    });
    expect(entered).toEqual(after(3600));
    expect(await tenantIn(ledger)).toMatchObject({ status: 'RUNNING', activeRun: { replicationSequence: 17 } });
  });

  it('keeps a superseded run out, before the step is called', async () => {
    await close(ledger, 17, failed);
    await accept(ledger, 18);
    let isCalled = false;
    const call17 = call(() => {
      isCalled = true;
      return Promise.resolve({ result: {} });
    });
    await expect(call17).rejects.toThrow('superseded by sequence 18');
    expect(isCalled).toBe(false);
  });

  it('keeps a run out that has ended well, but for its last state, which may have been interrupted', async () => {
    await close(ledger, 17, vended);
    await expect(call(done)).rejects.toThrow('has vended already');
    const last = stepHandler('CompleteVending', host(), () => done);
    expect(await last(referenceTo(17))).toEqual({ ready: true, waitSeconds: 0 });
  });

  it('keeps a run without a plan out', async () => {
    await close(ledger, 17, failed);
    await accept(ledger, 18);
    await expect(call(done, referenceTo(18))).rejects.toThrow('This run has no plan');
  });

  it('refuses an execution that was started by hand', async () => {
    await expect(call(done, {})).rejects.toThrow($ZodError);
    await expect(call(done, referenceTo(99))).rejects.toThrow('The ledger knows no run');
  });

  it.each<{ error: Error; shown: { name: string; message: unknown; remedy: unknown; accountLost?: true } }>([
    {
      error: new RejectedError('AWS says no.', 'Ask again.'),
      shown: { name: 'RejectedError', message: 'AWS says no.', remedy: 'Ask again.' },
    },
    {
      error: new RejectedError('It has left.', 'Invite it back.', { accountLost: true }),
      shown: { name: 'RejectedError', message: 'It has left.', remedy: 'Invite it back.', accountLost: true },
    },
    {
      error: new TransientError('Too many requests.'),
      shown: {
        name: 'TransientError',
        message: 'Too many requests.',
        remedy: expect.stringContaining('replay') as unknown,
      },
    },
    {
      error: new InvalidRequestError([{ field: 'trigger', message: 'is wrong' }]),
      shown: {
        name: 'InvalidRequestError',
        message: 'trigger: is wrong',
        remedy: expect.stringContaining('replicationSequence') as unknown,
      },
    },
    {
      error: new RangeError('odd'),
      shown: { name: 'RangeError', message: 'odd', remedy: expect.stringContaining('log') as unknown },
    },
    {
      error: parseErrorOf(z.object({ status: z.string() }), {}),
      shown: {
        name: 'ZodError',
        message: expect.stringContaining('→ at status') as unknown,
        remedy: expect.stringContaining('log') as unknown,
      },
    },
  ])('writes a failure with its remedy into the timeline and throws it on: $error.name', async ({ error, shown }) => {
    await expect(call(() => Promise.reject(error))).rejects.toBe(error);
    expect((await runIn(ledger, 17)).steps).toMatchObject([{ finishedAt: null, attempts: 1, error: shown }]);
    await call(done);
    expect((await runIn(ledger, 17)).steps).toMatchObject([{ attempts: 2, error: null }]);
  });

  it.each(taskNames)(
    'tells AWS which state and tenant it is, in a session name that AWS accepts: %s',
    async (state) => {
      let caller: AwsSession | undefined;
      const handler = stepHandler(state, host(), (given) => {
        caller = given;
        return done;
      });
      await handler(referenceTo(17));
      expect(caller).toMatchObject({ functionName: state, sessionName: `${state}-${TENANT}` });
      expect(caller?.sessionName).toMatch(/^[\w+=,.@-]{2,64}$/);
    },
  );

  it('logs sentences with searchable keys, and no more', async () => {
    await call(done);
    expect(log.entries).toEqual([
      { level: 'info', sentence: 'CheckAccess begins', keys: { state: 'CheckAccess', ...referenceTo(17) } },
      {
        level: 'info',
        sentence: 'CheckAccess has ended',
        keys: { state: 'CheckAccess', ...referenceTo(17), remark: null },
      },
    ]);
  });
});

/** What a schema throws, as opposed to what it gives back: only that is an Error. */
function parseErrorOf(schema: z.ZodType, input: unknown): Error {
  try {
    schema.parse(input);
  } catch (error) {
    return error as Error;
  }
  throw new Error('The schema takes this input.');
}
