import { VendingApiError, VendingEndedError, VendingTimeoutError } from '../src/errors';
import type { Vending } from '../src/schemas';
import { waitForTenant, type WaitOptions } from '../src/wait-for';
import { vending } from './vending';

const ORDERED = { tenantUuid: '7d0c1b1e-0000-4000-8000-000000000001', replicationSequence: 17 };

const problem = (status: number): VendingApiError =>
  new VendingApiError({ status, type: 'about:blank', title: 'No', detail: 'No.', errors: [] });

/** Answers one after the other, the last one again and again; time goes by with each pause. */
function waiting(answers: readonly (Vending | Error)[], options?: WaitOptions, tenant: typeof ORDERED = ORDERED) {
  const pauses: number[] = [];
  const left = [...answers];
  let now = 0;
  const world = {
    read: () => {
      const answer = left.length > 1 ? left.shift() : left.at(0);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? vending({}));
    },
    pause: (seconds: number) => {
      pauses.push(seconds);
      now += seconds * 1000;
      return Promise.resolve();
    },
    now: () => now,
  };
  return { pauses, end: waitForTenant(world, tenant, options) };
}

describe('waitForTenant', () => {
  it('answers with the vending once it is there, and tells each status once', async () => {
    const told: string[] = [];
    const running = vending({ status: 'RUNNING' });
    const done = vending({ status: 'VENDED' });
    const { end, pauses } = waiting([vending({ status: 'QUEUED' }), running, running, done], {
      onStatus: ({ status }) => void told.push(status),
    });

    await expect(end).resolves.toBe(done);
    expect(told).toEqual(['QUEUED', 'RUNNING', 'VENDED']);
    expect(pauses).toEqual([2, 3, 4.5]);
  });

  it.each<[string, Partial<Vending>, string]>([
    [
      'has failed',
      { status: 'FAILED', lastError: { name: 'RejectedError', message: 'No such OU.', remedy: 'Name another.' } },
      'The vending has failed with RejectedError: No such OU. Name another.',
    ],
    ['is superseded', { replicationSequence: 18, status: 'RUNNING' }, 'superseded'],
    [
      'is rejected',
      {
        replicationSequence: 16,
        status: 'VENDED',
        rejection: {
          replicationSequence: 17,
          at: '2026-11-28T12:00:00Z',
          faults: [{ field: 'tenant.spec', message: 'is missing.' }],
        },
      },
      'tenant.spec: is missing.',
    ],
  ])('throws when what was ordered %s', async (_, given, message) => {
    const { end } = waiting([vending(given)]);

    await expect(end).rejects.toThrow(VendingEndedError);
    await expect(end).rejects.toThrow(message);
  });

  it('goes on while the run of an earlier order is shown', async () => {
    const earlier = vending({ replicationSequence: 16, status: 'FAILED' });
    const { end } = waiting([earlier, vending({ status: 'VENDED' })]);

    await expect(end).resolves.toMatchObject({ replicationSequence: 17 });
  });

  it('waits for the account to be closed where a deletion was ordered', async () => {
    const deletion = { replicationSequence: 17 } as NonNullable<Vending['deletion']>;
    const { end } = waiting([vending({ status: 'VENDED', deletion }), vending({ status: 'CLOSED', deletion })]);

    await expect(end).resolves.toMatchObject({ status: 'CLOSED' });
  });

  it.each([problem(429), problem(503), problem(404), new TypeError('fetch failed', { cause: new Error('reset') })])(
    'goes on after %s',
    async (error) => {
      await expect(waiting([error, vending({ status: 'VENDED' })]).end).resolves.toMatchObject({ status: 'VENDED' });
    },
  );

  it.each([problem(403), problem(400), new TypeError('a mistake in the program')])(
    'does not hide %s',
    async (error) => {
      await expect(waiting([error, vending({ status: 'VENDED' })]).end).rejects.toBe(error);
    },
  );

  it('does not wait for a tenant that is not known after a minute', async () => {
    const { end, pauses } = waiting([problem(404)]);

    await expect(end).rejects.toThrow(VendingApiError);
    expect(pauses.reduce((sum, one) => sum + one, 0)).toBeLessThan(120);
  });

  it('ends in time, with what it knew last', async () => {
    const { end, pauses } = waiting([vending({ status: 'AWAITING_APPROVAL' })], { timeoutSeconds: 100 });

    await expect(end).rejects.toThrow(VendingTimeoutError);
    await expect(end).rejects.toMatchObject({ vending: { status: 'AWAITING_APPROVAL' } });
    expect(Math.max(...pauses)).toBe(30);
  });

  it('ends by its signal', async () => {
    const { end } = waiting([vending({})], { signal: AbortSignal.abort(new Error('enough')) });

    await expect(end).rejects.toThrow('enough');
  });
});
