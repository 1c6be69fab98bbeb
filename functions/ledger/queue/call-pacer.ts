import { TransientError } from '../../domain/base/errors';
import { CallRateRecordSchema, reserveCall, type RateLimiter } from '../../domain/queue/rate-limiter';
import type { LedgerStore } from '../../ports/ledger-store';
import type { CallPacer } from '../../ports/call-pacer';
import { contentOf, decide, replace } from '../base/decide';
import { budgetKey } from '../base/keys';

interface PacerParts {
  readonly ledger: LedgerStore;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** The pacer of one invocation: reserves each call in the ledger, and waits until it may be made. */
export const ledgerCallPacer = ({ ledger, now, wait }: PacerParts): CallPacer => ({
  pace: async (service, operation, calls = 1) => {
    const limiter = limiterOf(service, operation);
    if (limiter === undefined || calls === 0) return;
    const at = await reserveCallIn(ledger, limiter, now, calls);
    const milliseconds = at.getTime() - now().getTime();
    if (milliseconds > 0) await wait(milliseconds);
  },
});

/** A function waits no longer for a call: it has other things to do before its time is up. */
const MAX_WAIT_MILLISECONDS = 12_000;

/**
 * Reserves calls, which belong to the function that has reserved them: should that function be killed, they are not
 * made, and nobody waits for them.
 *
 * @public
 * @returns when to make the last of them
 * @throws TransientError when others have reserved so many that it would take too long; nothing is reserved then
 */
export function reserveCallIn(
  store: LedgerStore,
  { name, limiter }: NamedLimiter,
  now: () => Date,
  calls = 1,
): Promise<Date> {
  return decide(store, [budgetKey(name)], (item) => {
    const fullAt = contentOf(CallRateRecordSchema, item)?.fullAt;
    const at = now();
    let reserved = reserveCall(limiter, fullAt === undefined ? null : new Date(fullAt), at);
    for (let call = 1; call < calls; call += 1) reserved = reserveCall(limiter, reserved.fullAt, at);
    if (reserved.at.getTime() - at.getTime() > MAX_WAIT_MILLISECONDS) throw tooMany(name);
    return { writes: [replace(item, { fullAt: reserved.fullAt.toISOString() })], result: reserved.at };
  });
}

const tooMany = (name: string): TransientError =>
  new TransientError(`AWS answers ${name} only so often, and many calls of other vendings are ahead.`, {
    nothingDone: true,
  });

/** Steady calls a second, and how many may come at once where AWS says so. */
type CallRate = readonly [perSecond: number, burst?: number];

/**
 * What AWS answers, in one account: "Quotas and service limits for AWS Organizations" and "IAM Identity Center quotas"
 * of its documentation, by the operations that are called here. All operations of `sso-admin` share one rate; for
 * Identity Center AWS names no burst.
 */
const RATES: Readonly<Record<string, CallRate>> = {
  'organizations:CloseAccount': [0.05, 1],
  'organizations:CreateAccount': [0.1, 3],
  'organizations:CreateOrganizationalUnit': [1, 2],
  'organizations:DescribeAccount': [20, 30],
  'organizations:DescribeCreateAccountStatus': [2, 2],
  'organizations:DescribeOrganizationalUnit': [2, 2],
  'organizations:ListAccounts': [8, 12],
  'organizations:ListCreateAccountStatus': [5, 8],
  'organizations:ListOrganizationalUnitsForParent': [5, 8],
  'organizations:ListParents': [5, 8],
  'organizations:ListTagsForResource': [10, 15],
  'organizations:MoveAccount': [2, 3],
  'organizations:TagResource': [4, 6],
  'organizations:UntagResource': [4, 6],
  'sso:*': [20],
  'identitystore:CreateGroup': [20],
  'identitystore:CreateGroupMembership': [20],
  'identitystore:DeleteGroup': [20],
  'identitystore:DeleteGroupMembership': [20],
  'identitystore:DescribeGroup': [20],
  'identitystore:GetGroupId': [20],
  'identitystore:GetUserId': [20],
  'identitystore:ListGroupMemberships': [20],
  'scim:read': [40],
  'scim:write': [25],
};

/** The rest is for others who call the same account, such as Control Tower's daily scan. */
const SHARE = 0.8;

/** So much of a burst: the other half makes up for calls that arrive earlier or later than they were meant to. */
const SHARE_OF_BURST = 0.5;

/** The limiter of a call, by the name that it shares with others of the same rate. */
interface NamedLimiter {
  readonly name: string;
  readonly limiter: RateLimiter;
}

/**
 * Undefined for what AWS limits in no way that matters here.
 *
 * @public
 */
export function limiterOf(service: string, operation: string): NamedLimiter | undefined {
  const name = [`${service}:${operation}`, `${service}:*`].find((one) => RATES[one] !== undefined);
  const rate = name === undefined ? undefined : RATES[name];
  if (name === undefined || rate === undefined) return undefined;
  return { name, limiter: IN_LANES.has(name) ? whole(rate) : shared(rate) };
}

/**
 * They come from one lane each, which uses all of AWS's rate; the limiter keeps apart those that come late by their
 * turn.
 */
const IN_LANES = new Set(['organizations:CreateAccount', 'organizations:CloseAccount']);

const whole = ([perSecond, burst = 1]: CallRate): RateLimiter => ({
  millisecondsApart: 1000 / perSecond,
  burst,
  arrivesWithinMilliseconds: 500,
});

const shared = ([perSecond, burst]: CallRate): RateLimiter => ({
  millisecondsApart: Math.ceil(1000 / (perSecond * SHARE)),
  burst: burst === undefined ? withinTheRate(perSecond) : Math.max(1, Math.floor(burst * SHARE_OF_BURST)),
});

/** Together with what follows steadily, no second has more calls than the rate. */
const withinTheRate = (perSecond: number): number => Math.max(1, Math.floor(perSecond * (1 - SHARE)));
