import type { Peer } from './peer';
import { BOTO_RETRIES, everySeconds } from './poll-schedule';

const MAX_RUNNING = 5;

/** With five running, a request is refused with status 429 and forgotten; polls are five minutes apart. */
export const refusing: Peer = {
  name: 'refusing-300s-poll',
  source:
    'DavidFerreira21/api-account-factory, terraform/sfn_definition.json.tpl: 429 at five running, Wait 300 between two looks, no Retry',
  schedule: { pollSeconds: everySeconds(300), pauseSeconds: 0, retries: BOTO_RETRIES },
  hasStates: true,
  run: async ({ vendings, follow }) => {
    await follow(
      vendings.slice(0, MAX_RUNNING).map((vending) => async () => {
        await vending.create();
        await vending.provision();
      }),
    );
  },
};
