import { RejectedError } from '../../domain/base/errors';
import { nextPoll } from '../../domain/base/poll-interval';
import { accountOf, secondsBetween, type Step } from '../../domain/run/step-context';
import type { AccountTags } from '../../ports/organizations';
import { outcomesOf } from '../outcome';

const { done, requeueAfter } = outcomesOf('CheckExternalAvm');

export interface CheckExternalAvmPorts {
  readonly tags: Pick<AccountTags, 'list'>;
}

const SCHEDULE = { minSeconds: 10, maxSeconds: 60 };
const BUDGET_SECONDS = 4 * 60 * 60;

/**
 * Has the customer's account vending machine done its part? It says so by tags on the account, which we only read:
 * nobody gets in before. Its value counts as well: after a project has moved, it is waited for again. A second run
 * finds the tags and answers at once. Source: meshcloud's documentation, "waitForExternalAvm" of the AWS platform.
 *
 * @throws RejectedError when it has not said so within its budget
 */
export function checkExternalAvm({ tags }: CheckExternalAvmPorts): Step {
  return async (context) => {
    const wanted = Object.entries(context.plan.externalAvm?.tags ?? {});
    const actual = await tags.list(accountOf(context).id);
    const missing = wanted.filter(([key, value]) => actual[key] !== value).map(([key, value]) => `${key}=${value}`);
    if (missing.length === 0) return done('The external account vending machine has finished.');
    const waited = secondsBetween(context.stateEnteredAt, context.now);
    if (waited >= BUDGET_SECONDS) throw notFinished(accountOf(context).id, missing);
    return requeueAfter(
      nextPoll(waited, SCHEDULE),
      `The external account vending machine is awaited: ${missing.join(', ')}.`,
    );
  };
}

function notFinished(accountId: string, missing: readonly string[]): RejectedError {
  return new RejectedError(
    `The external account vending machine has not finished within ${BUDGET_SECONDS / 3600} hours: account ${accountId} has no tag ${missing.join(' and no tag ')}.`,
    'Look at what it does with this account; once it has set its tags, replay this run. If there is no such machine, set waitForExternalAvm in ' +
      'platform.json to false and deploy.',
  );
}
