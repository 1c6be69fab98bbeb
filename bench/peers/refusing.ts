import type { Peer } from './peer';
import { BOTO_RETRIES, published } from './poll-schedule';

const MAX_RUNNING = 5;

/** With five running, a request is refused with status 429 and forgotten. Enrollments are polled every five minutes. */
export const refusing: Peer = {
  name: 'refusing-300s-poll',
  source:
    'DavidFerreira21/api-account-factory a475b69: terraform/sfn_definition.json.tpl, Wait 300 between two polls of Service Catalog (65-69), no Retry; lambda_src/api/lambda_function.py, 429 at five running (24, 47-50, 77)',
  functions: 5,
  schedule: { pollSeconds: published({ enrollment: 300 }), pauseSeconds: 0, retries: BOTO_RETRIES },
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
