import type { Peer } from './peer';
import { published } from './poll-schedule';

/** Throttled calls of Organizations are repeated thirty times, after one second, two, three, and so on. */
const RETRIES = Array.from({ length: 30 }, (_, index) => index + 1.25);

/** It has no such step: it keeps to what Control Tower allows. */
const ENROLLMENTS = 5;

/**
 * A command that makes one account after the other and describes each every second. It tries four times, three seconds
 * apart, to enter a new account, and ends where that is refused; here it goes on instead, as a second run of it would.
 */
export const oneCommand: Peer = {
  name: 'one-command-1s-poll',
  source:
    'org-formation/org-formation-cli 1.0.17-beta.2 (e4e1723), src/aws-provider/aws-organization-writer.ts: one describe a second (611), four tries to enter (332-345); src/aws-provider/util.ts, 30 retries; src/org-binder/org-task-runner.ts, one task after the other',
  functions: 0,
  schedule: { pollSeconds: published({ accountCreation: 1, accessRole: 3 }), pauseSeconds: 0, retries: RETRIES },
  hasStates: false,
  run: async ({ vendings, follow, places }) => {
    const enrollments = places(ENROLLMENTS);
    for (const vending of vendings) {
      await follow([
        async () => {
          await vending.create();
          await vending.open();
        },
      ]);
    }
    await follow(
      vendings.map((vending) => async () => {
        await enrollments.hold(() => vending.enroll());
        await vending.deploy();
        await vending.finish();
      }),
    );
  },
};
