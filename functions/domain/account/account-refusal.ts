/** What AWS Organizations says of a call that it refuses: the error's `name` and, where there is one, its `Reason`. */
export interface RefusalCode {
  readonly name: string;
  readonly reason: string | null;
}

/** The meaning of the very reason; otherwise of the error, whatever its reason. */
export const refusalOf = <Refusal>(
  refusals: ReadonlyMap<string, Refusal>,
  { name, reason }: RefusalCode,
): Refusal | undefined => refusals.get(reason === null ? name : `${name}/${reason}`) ?? refusals.get(name);

/** The end of a remedy: how to go on, in a vending as in a closing. */
export const REPLAY = 'then replay this run.';

/** The remedy for a role in the wrong account or partition begins with this setting. */
const CORRECT_THE_ROLE = 'Correct accessConfig.organizationRootAccountRole in platform.json';

/**
 * Errors of AWS Organizations by which it refuses whatever it is asked: the configured role is in no management
 * account.
 */
export const NO_ORGANIZATION = {
  AWSOrganizationsNotInUseException: {
    verdict: 'final',
    meaning: 'the account of the configured role has no organization',
    remedy: `${CORRECT_THE_ROLE}: it has to be a role in the management account. Deploy, ${REPLAY}`,
  },
} as const;

/**
 * What AWS means when it turns a request for an account away at once, before it does anything.
 *
 * - `final`: it will say so again until a person has changed something.
 * - `wait`: it takes requests again by itself, after a while that is too long for a retry.
 */
type AccountRefusal =
  | { readonly verdict: 'final'; readonly meaning: string; readonly remedy: string }
  | {
      readonly verdict: 'wait';
      readonly meaning: string;
      readonly remedy: string;
      readonly waitSeconds: number;
      readonly giveUpAfterSeconds: number;
    };

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/**
 * The refusals by the `name` of CreateAccount's errors, with the `Reason` where AWS gives one. Errors that are missing
 * here are sorted like any other (`functions/aws/base/aws-error.ts`). Source: AWS Organizations API reference,
 * CreateAccount and ConstraintViolationException.
 */
const REFUSALS = new Map<string, AccountRefusal>(
  Object.entries({
    FinalizingOrganizationException: {
      verdict: 'wait',
      meaning: 'AWS is still setting up the organization, which takes up to an hour',
      remedy: `Contact AWS Support if the organization is older than an hour; when it takes requests, ${REPLAY}`,
      waitSeconds: 5 * MINUTE,
      giveUpAfterSeconds: 3 * HOUR,
    },
    'ConstraintViolationException/ACCOUNT_CREATION_RATE_LIMIT_EXCEEDED': {
      verdict: 'wait',
      meaning: 'AWS is making as many accounts of the organization at a time as it allows',
      remedy: `See in AWS Organizations which accounts are being created; when one of them is there, ${REPLAY}`,
      waitSeconds: 30 * MINUTE,
      giveUpAfterSeconds: 26 * HOUR,
    },
    'ConstraintViolationException/ACCOUNT_NUMBER_LIMIT_EXCEEDED': {
      verdict: 'final',
      meaning: 'the organization has as many accounts as its quota allows',
      remedy:
        'Ask AWS to raise the quota "Default maximum number of accounts" (Service Quotas, AWS Organizations) - a new organization may say so ' +
        `in its first hour - ${REPLAY}`,
    },
    'ConstraintViolationException/ACCOUNT_CREATION_NOT_COMPLETE': {
      verdict: 'final',
      meaning: 'the sign-up of the management account is not complete',
      remedy: `Complete the sign-up of the management account in the AWS console, ${REPLAY}`,
    },
    'ConstraintViolationException/WAIT_PERIOD_ACTIVE': {
      verdict: 'final',
      meaning: 'the management account is too young: AWS makes it wait for some days',
      remedy: `Wait for the end of the four days that AWS asks for, ${REPLAY}`,
    },
    'ConstraintViolationException/MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED': {
      verdict: 'final',
      meaning: 'the management account may not use AWS GovCloud',
      remedy: `Enable the management account for AWS GovCloud, ${REPLAY}`,
    },
    'ConstraintViolationException/MASTER_ACCOUNT_MISSING_CONTACT_INFO': {
      verdict: 'final',
      meaning: 'the management account has no valid contact address and phone number',
      remedy: `Complete the contact information of the management account in the AWS console (Account page), ${REPLAY}`,
    },
    'ConstraintViolationException/MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED': {
      verdict: 'final',
      meaning: 'the management account has no payment method',
      remedy: `Add a valid payment method to the management account in the AWS Billing console, ${REPLAY}`,
    },
    'ConstraintViolationException/TAG_POLICY_VIOLATION': {
      verdict: 'final',
      meaning:
        'a tag policy of the organization does not allow the tag "account-vending:tenant-uuid", by which accounts are found again',
      remedy: `Allow that tag with any value in the organization's tag policies, ${REPLAY}`,
    },
    'ConstraintViolationException/MAX_TAG_LIMIT_EXCEEDED': {
      verdict: 'final',
      meaning: 'AWS allows no further tag on the account',
      remedy: `Find out which policy of the organization adds tags to new accounts, ${REPLAY}`,
    },
    ...NO_ORGANIZATION,
    UnsupportedAPIEndpointException: {
      verdict: 'final',
      meaning: 'AWS Organizations makes no accounts in this partition',
      remedy: `${CORRECT_THE_ROLE}: its ARN names the partition of the organization. Deploy, ${REPLAY}`,
    },
  } satisfies Readonly<Record<string, AccountRefusal>>),
);

/** Undefined where the error says nothing that is particular to requests for accounts. */
export const accountRefusal = (code: RefusalCode): AccountRefusal | undefined => refusalOf(REFUSALS, code);
