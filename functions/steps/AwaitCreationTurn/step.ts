import { ACCOUNT_CREATION } from '../../domain/queue/lanes';
import type { TenantRecord } from '../../domain/records/ledger-records';
import { secondsBetween, type Step } from '../../domain/run/step-context';
import type { AccountDirectory, CreationRequest, Page } from '../../ports/organizations';
import type { LaneQueue, LaneTurns } from '../../ports/lane-queue';
import { awaitTurn } from '../await-turn';

export interface AwaitCreationTurnPorts {
  readonly queue: LaneQueue;
  readonly turns: LaneTurns;
  readonly directory: Pick<AccountDirectory, 'describeRequest' | 'listRequests'>;
}

/**
 * Waits for a turn to ask AWS for an account. A run that has asked already needs none: CreateAccount asks nothing then,
 * and the slot of the request is kept until that is over, whichever run watches it.
 */
export const awaitCreationTurn = (ports: AwaitCreationTurnPorts): Step =>
  awaitTurn(
    ports,
    ({ tenant, now }) =>
      isAsked(tenant)
        ? { notNeeded: 'AWS was asked for the account already.' }
        : { lane: ACCOUNT_CREATION, isOver: isOverIn(ports.directory, now) },
    // Left over from a request that is over: the run that saw its end was killed before it could free the slot.
    ({ tenant }) => (!isAsked(tenant) && tenant.turns[ACCOUNT_CREATION.name]?.used === true ? [ACCOUNT_CREATION] : []),
  );

const isAsked = ({ account, creation }: TenantRecord): boolean =>
  account !== null || (creation !== null && creation.phase !== 'cleared');

/**
 * AWS makes an account in a minute, and the slot has been taken for much longer: a request that nobody has answered is
 * over if AWS lists none.
 */
const isOverIn =
  (directory: AwaitCreationTurnPorts['directory'], now: Date) =>
  async (holder: TenantRecord): Promise<boolean> => {
    const { creation } = holder;
    if (creation === null || !isAsked(holder) || creation.madeAccountId !== null || creation.failure !== null)
      return true;
    if (creation.requestId !== null) {
      const request = await directory.describeRequest(creation.requestId);
      return request !== undefined && request.state !== 'IN_PROGRESS';
    }
    const listed = await inProgress(directory, creation.accountName);
    return listed === 'no' || (listed === 'unknown' && secondsBetween(creation.intendedAt, now) > OVER_AFTER_SECONDS);
  };

/**
 * In a large organization of which AWS lists every request there is no time for all of them: the slot is looked at
 * again.
 */
const MAX_PAGES = 800;

/** Whatever is listed: CheckAccount gives up as late. */
const OVER_AFTER_SECONDS = 6 * 60 * 60;

async function inProgress(
  directory: AwaitCreationTurnPorts['directory'],
  name: string,
): Promise<'yes' | 'no' | 'unknown'> {
  let nextToken: string | null = null;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const page: Page<CreationRequest> = await directory.listRequests(nextToken);
    if (page === 'expired') return 'unknown';
    if (page.items.some(({ state, accountName }) => state === 'IN_PROGRESS' && accountName === name)) return 'yes';
    nextToken = page.nextToken;
    if (nextToken === null) return 'no';
  }
  return 'unknown';
}
