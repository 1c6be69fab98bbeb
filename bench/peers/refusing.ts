import type { Peer } from './peer';
import { BOTO_RETRIES, everySeconds } from './rhythm';

const MOST_RUNNING = 5;

/** Whoever comes while five are running is turned away with status 429, and nothing remembers him; looks are five minutes apart. */
export const refusing: Peer = {
  name: 'refusing-300s-poll',
  source:
    'DavidFerreira21/api-account-factory, terraform/sfn_definition.json.tpl: 429 at five running, Wait 300 between two looks, no Retry',
  rhythm: { looks: everySeconds(300), pauseSeconds: 0, retries: BOTO_RETRIES },
  hasStates: true,
  run: async ({ vendings, follow }) => {
    await follow(
      vendings.slice(0, MOST_RUNNING).map((vending) => async () => {
        await vending.create();
        await vending.furnish();
      }),
    );
  },
};
