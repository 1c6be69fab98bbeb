import type { Peer } from './peer';
import { published } from './poll-schedule';

const ENROLLMENTS = 5;

/** Its helper for throttled calls tries ten times; the pauses are drawn, each twice as long at most. */
const RETRIES = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;

/**
 * A waiter acts every 15 seconds on one account: it requests or polls it. When all are made they are enrolled, five at
 * a time since Control Tower takes no more, and polled every two minutes; then each gets its stack.
 */
export const serial: Peer = {
  name: 'serial-15s-waiter',
  source:
    'awslabs/landing-zone-accelerator-on-aws 1.15.5 (61bba81), source/packages: @aws-accelerator/constructs/lib/aws-organizations/create-accounts.ts (144: queryInterval 15 s), create-accounts-status/index.ts (one account at a time), @aws-lza/lib/control-tower/enroll-accounts/index.ts (294: 2 minutes)',
  functions: 1,
  schedule: { pollSeconds: published({ accountCreation: 15, enrollment: 120 }), pauseSeconds: 0, retries: RETRIES },
  hasStates: false,
  run: async ({ vendings, follow, sleep, places }) => {
    for (const vending of vendings) {
      await sleep(15);
      await follow([() => vending.create()]);
    }
    const enrollments = places(ENROLLMENTS);
    await follow(
      vendings.map((vending) => async () => {
        await vending.open();
        await enrollments.hold(() => vending.enroll());
        await vending.deploy();
        await vending.finish();
      }),
    );
  },
};
