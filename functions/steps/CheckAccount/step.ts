import { verdictOn } from '../../domain/account-creation-failure';
import { RejectedError } from '../../domain/errors';
import type { Creation } from '../../domain/ledger-records';
import { nextLook } from '../../domain/poll-interval';
import { secondsBetween, type Step, type StepReport, type Vending } from '../../domain/vending';
import type { AccountDirectory, DirectoryAccount } from '../../ports/account-directory';
import type { AccountMemory } from '../../ports/account-memory';
import { searchAccount } from './search-account';

export interface CheckAccountPorts {
  readonly memory: AccountMemory;
  readonly directory: AccountDirectory;
}

/** Five requests may be in progress at once, and AWS answers two looks a second: at most five looks in three seconds. */
const RHYTHM = { leastSeconds: 3, mostSeconds: 30 };

/** A request, or an account, that AWS has just made may be missing from its lists for a while. */
const LISTS_ARE_CURRENT_AFTER_SECONDS = 60;
const LOOK_FOR_SECONDS = 15 * 60;
const MOST_ATTEMPTS = 3;

/**
 * Has AWS made the account? Writes it down once it has, and finds accounts whose request was answered into nothing.
 *
 * A second run of a known account answers at once. `createAgain` sends the workflow back to CreateAccount; it is true only when AWS has
 * certainly made nothing.
 *
 * @throws RejectedError with a remedy when AWS has refused for good
 */
export function checkAccount(ports: CheckAccountPorts): Step {
  return async (vending) => {
    const { account, creation } = vending.tenant;
    if (account !== null) return { result: { ready: true, createAgain: false, waitSeconds: 0 } };
    if (creation === null || creation.phase === 'cleared') return createAgain('Nothing has been asked of AWS yet.');
    return creation.phase === 'requested' && creation.requestId !== null
      ? checkRequest(ports, vending, creation, creation.requestId)
      : recoverLostAnswer(ports, vending, creation);
  };
}

async function checkRequest(
  ports: CheckAccountPorts,
  vending: Vending,
  creation: Creation,
  requestId: string,
): Promise<StepReport> {
  const request = await ports.directory.describeRequest(requestId);
  if (request === undefined) return notReady(vending, creation, 'AWS does not know the request yet.');
  if (request.state === 'IN_PROGRESS') return notReady(vending, creation, 'AWS is making the account.');
  if (request.state === 'FAILED') return judgeFailure(ports, vending, creation, request.failureReason);
  const account = request.accountId === null ? undefined : await ports.directory.describeAccount(request.accountId);
  return account === undefined
    ? notReady(vending, creation, 'AWS has made the account but does not list it yet.')
    : adopt(ports, vending, account);
}

async function judgeFailure(
  ports: CheckAccountPorts,
  vending: Vending,
  creation: Creation,
  failureReason: string | null,
): Promise<StepReport> {
  const verdict = verdictOn(failureReason);
  if (verdict.verdict !== 'final') {
    const found = await searchAccount(ports.directory, vending.tenant.tenantUuid, creation);
    if (found.ours !== null) return adopt(ports, vending, found.ours);
    const age = secondsBetween(creation.intendedAt, vending.now);
    if (verdict.verdict === 'look' && found.foreign === null && age < LOOK_FOR_SECONDS) {
      return notReady(
        vending,
        creation,
        `AWS says ${failureReason ?? ''}: looking for the account of an earlier request.`,
      );
    }
    if (verdict.verdict === 'again' && !found.inProgress && creation.attempt < MOST_ATTEMPTS) {
      await ports.memory.recordCreation(creation, { ...creation, phase: 'cleared', requestId: null });
      return createAgain(`AWS said ${failureReason ?? ''}; asking again.`);
    }
  }
  // Nothing was made: a replay plans afresh and may ask with another e-mail.
  await ports.memory.recordCreation(creation, null);
  throw new RejectedError(
    `AWS did not make the account "${creation.accountName}" (${creation.email}): ${failureReason ?? 'no reason given'}, ${verdict.meaning}.`,
    verdict.remedy,
  );
}

/** The ledger has an intent and no answer: AWS may or may not have been asked. */
async function recoverLostAnswer(ports: CheckAccountPorts, vending: Vending, creation: Creation): Promise<StepReport> {
  const found = await searchAccount(ports.directory, vending.tenant.tenantUuid, creation);
  if (found.ours !== null) return adopt(ports, vending, found.ours);
  const age = secondsBetween(creation.intendedAt, vending.now);
  if (found.inProgress || age < LISTS_ARE_CURRENT_AFTER_SECONDS) {
    return notReady(vending, creation, 'The answer of AWS was lost; looking for the account.');
  }
  await ports.memory.recordCreation(creation, { ...creation, phase: 'cleared' });
  return createAgain('The answer of AWS was lost, and AWS has made no account: asking again.');
}

async function adopt(ports: CheckAccountPorts, vending: Vending, account: DirectoryAccount): Promise<StepReport> {
  await ports.memory.recordAccount({ ...account, knownSince: vending.now.toISOString() });
  return {
    result: { ready: true, createAgain: false, waitSeconds: 0 },
    changes: [{ what: 'account', from: null, to: account.id }],
  };
}

function notReady({ now }: Vending, creation: Creation, remark: string): StepReport {
  const waitSeconds = nextLook(secondsBetween(creation.intendedAt, now), RHYTHM);
  return { result: { ready: false, createAgain: false, waitSeconds }, remark };
}

const createAgain = (remark: string): StepReport => ({
  result: { ready: false, createAgain: true, waitSeconds: 0 },
  remark,
});
