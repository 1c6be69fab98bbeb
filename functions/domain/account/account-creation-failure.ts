/**
 * What a failed account request means.
 *
 * - `final`: AWS will say so again until a person has changed something.
 * - `look`: the account may exist, by an earlier request whose answer was lost: look for it, for a while.
 * - `again`: a fault of AWS: ask again, a few times.
 */
export type FailureVerdict =
  | { readonly verdict: 'final'; readonly meaning: string; readonly remedy: string }
  | { readonly verdict: 'look'; readonly meaning: string; readonly remedy: string }
  | { readonly verdict: 'again'; readonly meaning: string; readonly remedy: string };

const BUSINESS_VALIDATION =
  'Complete the business validation of the management account in the AWS console (Account page), then replay this run.';
const PAYMENT =
  'Put the payment method of the management account right in the AWS Billing console, then replay this run.';

const STAYS_TAKEN = 'the address of a closed account stays taken';

/**
 * AWS's `CreateAccountFailureReason`, all 15. Compared as strings: the SDK's enum misspells one of its keys. Source:
 * AWS Organizations API reference, CreateAccountStatus.
 */
const VERDICTS = new Map<string, FailureVerdict>(
  Object.entries({
    ACCOUNT_LIMIT_EXCEEDED: {
      verdict: 'final',
      meaning: 'the organization has as many accounts as its quota allows',
      remedy:
        'Ask AWS to raise the quota "Default maximum number of accounts" (Service Quotas, AWS Organizations), then replay this run.',
    },
    EMAIL_ALREADY_EXISTS: {
      verdict: 'look',
      meaning: 'another AWS account already has this e-mail address',
      remedy:
        'Make accountEmailPattern in platform.json render an address that no AWS account has ever had, for example with #{tenantPlatformNumber} ' +
        `(${STAYS_TAKEN}), deploy, and replay this run.`,
    },
    INVALID_ADDRESS: {
      verdict: 'final',
      meaning: 'the contact address of the management account is not valid',
      remedy:
        'Correct the contact address of the management account in the AWS console (Account page), then replay this run.',
    },
    INVALID_EMAIL: {
      verdict: 'final',
      meaning: 'AWS does not accept this e-mail address',
      remedy:
        'Change accountEmailPattern in platform.json so that it renders a real address, deploy, and replay this run.',
    },
    CONCURRENT_ACCOUNT_MODIFICATION: {
      verdict: 'look',
      meaning: 'another request for the same account is in progress',
      remedy: 'Wait until no account with this e-mail address is being created any more, then replay this run.',
    },
    INTERNAL_FAILURE: {
      verdict: 'again',
      meaning: 'AWS had an internal failure',
      remedy: 'Look at the AWS Health Dashboard; when AWS Organizations is well again, replay this run.',
    },
    GOVCLOUD_ACCOUNT_ALREADY_EXISTS: {
      verdict: 'final',
      meaning: 'the GovCloud account exists already',
      remedy: 'Find the existing GovCloud account; this request cannot make another one.',
    },
    MISSING_BUSINESS_VALIDATION: {
      verdict: 'final',
      meaning: 'the management account has not been validated as a business',
      remedy: BUSINESS_VALIDATION,
    },
    FAILED_BUSINESS_VALIDATION: {
      verdict: 'final',
      meaning: 'the business validation of the management account has failed',
      remedy: BUSINESS_VALIDATION,
    },
    PENDING_BUSINESS_VALIDATION: {
      verdict: 'final',
      meaning: 'the business validation of the management account is still running',
      remedy: 'Wait for the end of the business validation of the management account, then replay this run.',
    },
    INVALID_IDENTITY_FOR_BUSINESS_VALIDATION: {
      verdict: 'final',
      meaning: 'the identity given for business validation is not valid',
      remedy: BUSINESS_VALIDATION,
    },
    UNKNOWN_BUSINESS_VALIDATION: {
      verdict: 'final',
      meaning: 'the business validation of the management account has an unknown problem',
      remedy: BUSINESS_VALIDATION,
    },
    MISSING_PAYMENT_INSTRUMENT: {
      verdict: 'final',
      meaning: 'the management account has no payment method',
      remedy: PAYMENT,
    },
    INVALID_PAYMENT_INSTRUMENT: {
      verdict: 'final',
      meaning: 'the payment method of the management account is not valid',
      remedy: PAYMENT,
    },
    UPDATE_EXISTING_RESOURCE_POLICY_WITH_TAGS_NOT_SUPPORTED: {
      verdict: 'final',
      meaning: 'a resource policy of the organization does not go together with tags on new accounts',
      remedy:
        'Change the delegation (resource) policy of the organization so that it allows organizations:TagResource, then replay this run.',
    },
  }),
);

/** A reason that AWS has added since is final: better a person looks than an account is asked for blindly. */
export function verdictOn(failureReason: string | null): FailureVerdict {
  const known = VERDICTS.get(failureReason ?? '');
  return (
    known ?? {
      verdict: 'final',
      meaning: 'AWS gave a reason that this release does not know',
      remedy:
        'Look the reason up in the AWS Organizations API reference (CreateAccountStatus), mend it, and replay this run.',
    }
  );
}

/**
 * The remedy for an e-mail address that another account has. A pattern that tells tenants apart needs no change: its
 * number was used before.
 *
 * @param holderId the account that has it, where it is in the organization
 */
export function takenEmailRemedy(
  failureReason: string | null,
  { holderId, isPatternUnique }: { readonly holderId: string | null; readonly isPatternUnique: boolean },
): string {
  const { remedy } = verdictOn(failureReason);
  if (failureReason !== 'EMAIL_ALREADY_EXISTS') return remedy;
  const another = isPatternUnique
    ? `accountEmailPattern in platform.json tells tenants apart already, so this number was used before (${STAYS_TAKEN}). ` +
      'Send the desired state with a higher replicationSequence and a tenantPlatformNumber that was never used; or give ' +
      'the account that has the address another one, and replay this run.'
    : remedy;
  if (holderId === null) return another;
  return (
    `${another} If account ${holderId} is meant to be this tenant's, send tenant.spec.platformTenantId ` +
    `${holderId} instead: it is then imported (docs/import.md).`
  );
}
