import type { Peer } from './peer';
import { published } from './poll-schedule';

/** Every execution starts at once, waits half a minute between two polls of the creation, and retries nothing. */
export const fixedPoll: Peer = {
  name: 'fixed-30s-poll',
  source:
    'aws-samples/step-functions-workflows-collection 2a1818a, account-vending-machine/statemachine/statemachine.asl.json: createAccount (32), Wait 30 (42), describe (47), no Retry anywhere',
  functions: 0,
  schedule: { pollSeconds: published({ accountCreation: 30 }), pauseSeconds: 0, retries: [] },
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
