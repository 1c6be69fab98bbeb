import { NO_ORGANIZATION, type RefusalCode, refusalOf, REPLAY } from './account-refusal';

/**
 * What AWS means when it turns the closing of an account away, before it does anything.
 *
 * - `done`: there is nothing to be done any more.
 * - `wait`: it takes it later by itself.
 * - `final`: it will say so again until a person has changed something.
 */
export type ClosingRefusal =
  | { readonly verdict: 'done' }
  | {
      readonly verdict: 'wait';
      readonly meaning: string;
      readonly waitSeconds: number;
      readonly giveUpAfterSeconds: number;
    }
  | { readonly verdict: 'final'; readonly meaning: string; readonly remedy: string };

const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * The refusals by the `name` of CloseAccount's errors, with the `Reason` where AWS gives one. Errors that are missing
 * here are sorted like any other (`functions/aws/base/aws-error.ts`). Source: AWS Organizations API reference,
 * CloseAccount and ConstraintViolationException.
 */
const REFUSALS = new Map<string, ClosingRefusal>(
  Object.entries({
    AccountAlreadyClosedException: { verdict: 'done' },
    // Somebody has asked for the same, or something else is being done with the account: the next look tells.
    ConflictException: {
      verdict: 'wait',
      meaning: 'something else is being done with the account',
      waitSeconds: 30,
      giveUpAfterSeconds: 4 * HOUR,
    },
    'ConstraintViolationException/CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED': {
      verdict: 'wait',
      meaning: 'it is closing as many accounts as it can, and others of this organization are closed by somebody else',
      waitSeconds: 60,
      giveUpAfterSeconds: 4 * HOUR,
    },
    'ConstraintViolationException/CLOSE_ACCOUNT_QUOTA_EXCEEDED': {
      verdict: 'wait',
      meaning: 'the organization has closed as many accounts in the past 30 days as AWS allows',
      waitSeconds: HOUR,
      giveUpAfterSeconds: 32 * DAY,
    },
    'ConstraintViolationException/CANNOT_CLOSE_MANAGEMENT_ACCOUNT': {
      verdict: 'final',
      meaning: 'it is the management account, which AWS closes by no call',
      remedy: 'Find out how it became the account of this tenant; nothing has to be closed.',
    },
    'ConstraintViolationException/CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG': {
      verdict: 'final',
      meaning: 'the account is a delegated administrator of an AWS service',
      remedy: `Deregister it as a delegated administrator (AWS Organizations console, Services), ${REPLAY}`,
    },
    'ConstraintViolationException/ORGANIZATION_NOT_IN_ALL_FEATURES_MODE': {
      verdict: 'final',
      meaning: 'the organization has consolidated billing only',
      remedy: `Enable all features of the organization, or close the account as its root user, ${REPLAY}`,
    },
    ...NO_ORGANIZATION,
    UnsupportedAPIEndpointException: {
      verdict: 'final',
      meaning: 'AWS Organizations closes no accounts in this partition',
      remedy: `Close the account as its root user, ${REPLAY}`,
    },
  } satisfies Readonly<Record<string, ClosingRefusal>>),
);

/** Undefined where the error says nothing that is particular to closings. */
export const closingRefusal = (code: RefusalCode): ClosingRefusal | undefined => refusalOf(REFUSALS, code);
