import type { Peer } from './peer';
import type { PeerVending } from './peer-vending';
import { BOTO_RETRIES, published } from './poll-schedule';

/** It has no such step: it keeps to what Control Tower allows. */
const ENROLLMENTS = 5;

/** The retrier that comes first takes every failure of the task, and each try asks for the account again. */
const TRIES_AGAIN = Array.from({ length: 10 }, (_, index) => 3 * 1.5 ** index);

/**
 * Every execution starts at once; one function asks for the account and describes it without a pause; then come 10 and
 * 60 seconds of waiting.
 */
export const unbounded: Peer = {
  name: 'unbounded-sleepless-poll',
  source:
    'awslabs/aws-deployment-framework 4.0.0 (147545e6): src/lambda_codebase/account_processing/create_account.py (30-33: no sleep), src/template.yml, no admission, Retry 3 s x 1.5 x 10 (870-872), Wait 10 (888) and 60 (942); the bootstrap looks every 10 s',
  functions: 8,
  schedule: { pollSeconds: published({ stackInstance: 10 }), pauseSeconds: 70, retries: BOTO_RETRIES },
  hasStates: true,
  run: async ({ vendings, follow, sleep, places }) => {
    const enrollments = places(ENROLLMENTS);
    await follow(
      vendings.map((vending) => async () => {
        await createStubbornly(vending, sleep);
        await vending.open();
        await enrollments.hold(() => vending.enroll());
        await vending.deploy();
        await vending.finish();
      }),
    );
  },
};

async function createStubbornly(vending: PeerVending, sleep: (seconds: number) => Promise<void>): Promise<void> {
  for (const seconds of TRIES_AGAIN) {
    try {
      await vending.createWithoutSleep();
      return;
    } catch {
      await sleep(seconds);
    }
  }
  await vending.createWithoutSleep();
}
