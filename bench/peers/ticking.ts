import type { Peer } from './peer';
import { BOTO_RETRIES, published } from './poll-schedule';

const TICK_SECONDS = 300;
const MAX_RUNNING = 5;

/**
 * Takes one request every five minutes, if fewer than five are active in Control Tower. Events report every end, in
 * favour of the peer even where that is not published. One step sleeps for 65 seconds.
 */
export const ticking: Peer = {
  name: 'five-minute-tick',
  source:
    'aws-ia/terraform-aws-control_tower_account_factory 1.20.1 (2ba0f21): modules/aft-account-request-framework/eventbridge.tf (68: rate(5 minutes)), sources/aft-lambda-layer/aft_common/account_request_framework.py (431: threshold), account_provisioning_framework.py (231: sleep 65), aft_account_provisioning_framework.asl.json (create_role: Retry 60 s)',
  functions: 12,
  schedule: { pollSeconds: published({ accessRole: 60 }), pauseSeconds: 65, retries: BOTO_RETRIES },
  hasStates: true,
  run: async ({ vendings, controlTower, begin, sleep, random }) => {
    // The requests come at any moment between two ticks.
    await sleep(random() * TICK_SECONDS);
    let running = 0;
    for (const vending of vendings) {
      while (controlTower && running >= MAX_RUNNING) await sleep(TICK_SECONDS);
      running += 1;
      begin(async () => {
        try {
          await vending.create();
          await vending.open();
          await vending.enroll();
        } finally {
          running -= 1;
        }
        await vending.deploy();
        await vending.finish();
      });
      await sleep(TICK_SECONDS);
    }
  },
};
