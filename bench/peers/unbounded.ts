import type { Peer } from './peer';
import type { PeerVending } from './peer-vending';
import { BOTO_RETRIES, everySeconds } from './poll-schedule';

/** A call of boto3 from a Lambda in another region than us-east-1, which answers it. */
const SECONDS_OF_CALL = 0.1;

/** The retrier that comes first takes every failure of the task, and each try asks for the account again. */
const TRIES_AGAIN = Array.from({ length: 10 }, (_, index) => 3 * 1.5 ** index);

/**
 * Every execution starts at once; one function asks for the account and describes it without a pause; then come 10 and
 * 60 seconds of waiting.
 */
export const unbounded: Peer = {
  name: 'unbounded-sleepless-poll',
  source:
    'awslabs/aws-deployment-framework 147545e6, src/template.yml:816-1105 and src/lambda_codebase/account_processing/create_account.py: no admission, no sleep, Retry 3 s x 1.5 x 10, Wait 10 and 60; bootstrap looks every 10 s',
  schedule: { pollSeconds: everySeconds(10), pauseSeconds: 70, retries: BOTO_RETRIES },
  hasStates: true,
  run: async ({ vendings, follow, sleep }) => {
    await follow(
      vendings.map((vending) => async () => {
        await createStubbornly(vending, sleep);
        await vending.provision();
      }),
    );
  },
};

async function createStubbornly(vending: PeerVending, sleep: (seconds: number) => Promise<void>): Promise<void> {
  for (const seconds of TRIES_AGAIN) {
    try {
      await vending.createWithoutSleep(SECONDS_OF_CALL);
      return;
    } catch {
      await sleep(seconds);
    }
  }
  await vending.createWithoutSleep(SECONDS_OF_CALL);
}
