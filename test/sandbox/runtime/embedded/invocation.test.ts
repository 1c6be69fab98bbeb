import timers from 'node:timers/promises';

import {
  currentInvocation,
  type Effect,
  Invocations,
  type OnEffect,
  outsideOfInvocations,
} from '../../../../sandbox/runtime/embedded/invocation';
import { VirtualClock } from '../../../../sandbox/runtime/embedded/virtual-clock';

const READ = { kind: 'ledger', name: 'read', write: false } as const;
const COMMIT = { kind: 'ledger', name: 'commit', write: true } as const;

/** Real turns of the event loop. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
};

describe('an invocation of an embedded function', () => {
  let done: string[];
  let asked: Effect[];

  const invocationsWith = (onEffect: OnEffect = () => 'go-on'): Invocations =>
    new Invocations(
      () => 60,
      (effect) => {
        asked.push(effect);
        return onEffect(effect);
      },
    );

  const act = (name: string) => (): Promise<string> => {
    done.push(name);
    return Promise.resolve(name);
  };

  beforeEach(() => {
    done = [];
    asked = [];
  });

  it('gets a copy and answers a copy', async () => {
    const input = { list: [1] };
    const answer = { list: [2] };
    const seen: unknown[] = [];
    const given = await invocationsWith().invoke(
      'Step',
      (it) => {
        seen.push(it);
        return Promise.resolve(answer);
      },
      input,
    );
    expect(seen).toEqual([input]);
    expect(seen[0]).not.toBe(input);
    expect(given).toEqual(answer);
    expect(given).not.toBe(answer);
  });

  it('throws what its function throws, also what is thrown at once', async () => {
    const invocations = invocationsWith();
    const error = new RangeError('odd');
    await expect(invocations.invoke('Step', () => Promise.reject(error), {})).rejects.toBe(error);
    await expect(
      invocations.invoke(
        'Step',
        () => {
          throw error;
        },
        {},
      ),
    ).rejects.toBe(error);
    expect(invocations.busy).toBe(false);
  });

  it('is asked about each effect before and after it, with the function that has it', async () => {
    const invocations = invocationsWith();
    const answer = await invocations.invoke(
      'Step',
      async () => {
        await invocations.effect(READ, act('read'));
        return invocations.effect(COMMIT, act('commit'));
      },
      {},
    );
    expect(answer).toBe('commit');
    expect(asked).toEqual([
      { ...READ, function: 'Step', when: 'before' },
      { ...READ, function: 'Step', when: 'after' },
      { ...COMMIT, function: 'Step', when: 'before' },
      { ...COMMIT, function: 'Step', when: 'after' },
    ]);
  });

  it('is asked after an effect that has failed, too, and hears of the failure', async () => {
    const invocations = invocationsWith();
    const failing = (): Promise<never> => Promise.reject(new RangeError('odd'));
    await expect(invocations.invoke('Step', () => invocations.effect(READ, failing), {})).rejects.toThrow('odd');
    expect(asked.map(({ when }) => when)).toEqual(['before', 'after']);
  });

  it('does not concern those who stand outside of functions', async () => {
    const invocations = invocationsWith(() => 'kill');
    expect(await invocations.effect(READ, act('read'))).toBe('read');
    expect(asked).toEqual([]);
  });

  it.each([
    { when: 'before', effects: ['read'] },
    { when: 'after', effects: ['read', 'commit'] },
  ])(
    'can be killed $when an effect: nothing of it settles any more, and its caller hears of it',
    async ({ when, effects }) => {
      const invocations = invocationsWith((effect) => (effect.write && effect.when === when ? 'kill' : 'go-on'));
      const steps: string[] = [];
      const invoked = invocations.invoke(
        'Step',
        async () => {
          await invocations.effect(READ, act('read'));
          await invocations.effect(COMMIT, act('commit')).finally(() => steps.push('settled'));
          steps.push('went on');
        },
        {},
      );
      await expect(invoked).rejects.toMatchObject({ name: 'Runtime.ExitError' });
      await turns();
      expect(done).toEqual(effects);
      expect(steps).toEqual([]);
      expect(invocations.busy).toBe(false);
    },
  );

  it('is killed with everything that it does at the same time', async () => {
    const invocations = invocationsWith(({ when, write }) => (write && when === 'after' ? 'kill' : 'go-on'));
    const settled: string[] = [];
    let finish: (value: string) => void = () => undefined;
    const slow = (): Promise<string> => new Promise((resolve) => (finish = resolve));
    const invoked = invocations.invoke(
      'Step',
      async () => {
        const one = invocations.effect(READ, slow).then(() => settled.push('slow'));
        const other = invocations.effect(COMMIT, act('commit')).then(() => settled.push('commit'));
        await Promise.all([one, other]);
      },
      {},
    );
    await expect(invoked).rejects.toThrow('killed');
    finish('late');
    await turns();
    expect(settled).toEqual([]);
    expect(asked.filter(({ when }) => when === 'after')).toHaveLength(1);
  });

  it('begins nothing more after its end', async () => {
    const invocations = invocationsWith();
    const settled: string[] = [];
    let goOn: () => void = () => undefined;
    await invocations.invoke(
      'Step',
      () => {
        const left = new Promise<void>((resolve) => (goOn = resolve));
        void left.then(() => invocations.effect(COMMIT, act('commit'))).then(() => settled.push('commit'));
        return Promise.resolve({});
      },
      {},
    );
    goOn();
    await turns();
    expect([done, settled]).toEqual([[], []]);
  });

  it('can be killed by anybody who sees it', async () => {
    const invocations = invocationsWith();
    const invoked = invocations.invoke(
      'Step',
      () => {
        currentInvocation()?.kill('for a test');
        return Promise.resolve({});
      },
      {},
    );
    await expect(invoked).rejects.toThrow('for a test');
  });

  it('does not reach into what it sets off', async () => {
    const invocations = invocationsWith();
    let seen: unknown = 'not looked';
    await invocations.invoke(
      'Step',
      () => {
        outsideOfInvocations(() => (seen = currentInvocation()));
        return Promise.resolve({});
      },
      {},
    );
    expect(seen).toBeUndefined();
  });

  describe('in virtual time', () => {
    let clock: VirtualClock;
    let invocations: Invocations;
    const start = Date.parse('2026-11-24T10:00:00.000Z');

    beforeEach(() => {
      invocations = invocationsWith();
      clock = new VirtualClock(new Date(start), () => invocations.busy);
    });

    afterEach(() => {
      clock.uninstall();
    });

    const seconds = (): number => (Date.now() - start) / 1000;

    it.each([
      { means: 'setTimeout', wait: () => new Promise((resolve) => setTimeout(resolve, 5000)) },
      { means: 'timers/promises', wait: () => timers.setTimeout(5000) },
    ])('may wait for time to pass, by $means', async ({ wait }) => {
      let endedAt = 0;
      const invoked = invocations
        .invoke(
          'Step',
          async () => {
            await wait();
            await invocations.effect(COMMIT, act('commit'));
            return {};
          },
          {},
        )
        .then(() => (endedAt = seconds()));
      await clock.runUntil(() => false);
      await invoked;
      expect(endedAt).toBe(5);
      expect(asked[0]).toMatchObject({ function: 'Step' });
    });

    it('is itself again in what a timer calls', async () => {
      const invoked = invocations.invoke(
        'Step',
        () =>
          new Promise((resolve) => {
            setTimeout(() => {
              resolve(currentInvocation()?.function);
            }, 1000);
          }),
        {},
      );
      await clock.runUntil(() => false);
      expect(await invoked).toBe('Step');
    });

    it('keeps the clock still while it works, a timer that was cleared or has gone off notwithstanding', async () => {
      const work = async (): Promise<object> => {
        clearTimeout(setTimeout(() => undefined, 1000));
        await new Promise((resolve) => setTimeout(resolve, 1000));
        for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
        done.push(`worked until ${seconds()}`);
        return {};
      };
      setTimeout(() => done.push(`later ${seconds()}`), 2000);
      void invocations.invoke('Step', work, {});
      await clock.runUntil(() => false);
      expect(done).toEqual(['worked until 1', 'later 2']);
    });

    it('ends when its time is up; nothing of it settles any more', async () => {
      const invoked = invocations.invoke(
        'Step',
        async () => {
          await new Promise((resolve) => setTimeout(resolve, 100_000));
          await invocations.effect(COMMIT, act('commit'));
          return {};
        },
        {},
      );
      let failedAt = 0;
      const failed = invoked.catch((error: unknown) => {
        failedAt = seconds();
        return error;
      });
      await clock.runUntil(() => false);
      expect(await failed).toMatchObject({
        name: 'Sandbox.Timedout',
        message: expect.stringContaining('60.00 seconds') as string,
      });
      expect(failedAt).toBe(60);
      expect(done).toEqual([]);
    });

    it('has its whole time from its beginning', async () => {
      const invoked = invocations.invoke(
        'Step',
        async () => {
          await timers.setTimeout(0);
          for (let part = 0; part < 2; part += 1) await new Promise((resolve) => setTimeout(resolve, 40_000));
          return {};
        },
        {},
      );
      const failed = invoked.catch((error: unknown) => error);
      await clock.runUntil(() => false);
      expect(await failed).toMatchObject({ name: 'Sandbox.Timedout' });
    });
  });
});
