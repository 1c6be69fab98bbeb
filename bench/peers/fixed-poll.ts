import type { Peer } from './peer';
import { everySeconds } from './poll-schedule';

/** Every execution starts at once, waits half a minute between two polls, and retries nothing. */
export const fixedPoll: Peer = {
  name: 'fixed-30s-poll',
  source:
    'aws-samples/step-functions-workflows-collection, account-vending-machine/statemachine/statemachine.asl.json: createAccount, Wait 30, describe, no Retry',
  schedule: { pollSeconds: everySeconds(30), pauseSeconds: 0, retries: [] },
  hasStates: true,
  run: async ({ vendings, follow }) => {
    await follow(
      vendings.map((vending) => async () => {
        await vending.create();
        await vending.provision();
      }),
    );
  },
};
