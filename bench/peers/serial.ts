import type { Peer } from './peer';
import { everySeconds } from './poll-schedule';

const ENROLLMENTS = 5;

/** Its helper for throttled calls tries ten times; the pauses are drawn, each twice as long at most. */
const RETRIES = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;

/**
 * A waiter acts every 15 seconds on one account: it requests or polls it. When all are made, five at a time are
 * enrolled and polled every half minute; then each gets its stack, one after the other.
 */
export const serial: Peer = {
  name: 'serial-15s-waiter',
  source:
    'awslabs/landing-zone-accelerator-on-aws 1.15.5, constructs/lib/aws-organizations/create-accounts-status/index.ts (waiter of 15 s, one account); 1.14.3, aws-controltower/create-accounts-status (30 s, five in flight)',
  schedule: { pollSeconds: { ...everySeconds(15), enrollment: 30 }, pauseSeconds: 0, retries: RETRIES },
  hasStates: false,
  run: async ({ vendings, follow, sleep, places }) => {
    for (const vending of vendings) {
      await sleep(15);
      await follow([() => vending.create()]);
    }
    const enrollments = places(ENROLLMENTS);
    const stackSet = places(1);
    await follow(
      vendings.map((vending) => async () => {
        await vending.open();
        await enrollments.hold(() => vending.enroll());
        await stackSet.hold(() => vending.deploy());
        await vending.finish();
      }),
    );
  },
};
