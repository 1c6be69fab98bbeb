import type { Peer } from './peer';
import { everySeconds } from './rhythm';

const ENROLLMENTS = 5;

/** Its helper for throttled calls tries ten times; the pauses are drawn, each twice as long at most. */
const RETRIES = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;

/**
 * A waiter acts every 15 seconds on one account: asks for it, or looks at it. When all are made, five at a time are enrolled and looked at every
 * half minute; one after the other gets its stack.
 */
export const serial: Peer = {
  name: 'serial-15s-waiter',
  source:
    'awslabs/landing-zone-accelerator-on-aws 1.15.5, constructs/lib/aws-organizations/create-accounts-status/index.ts (waiter of 15 s, one account); 1.14.3, aws-controltower/create-accounts-status (30 s, five in flight)',
  rhythm: { looks: { ...everySeconds(15), enrollment: 30 }, pauseSeconds: 0, retries: RETRIES },
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
