import * as z from 'zod';
import type { OrganizationState } from '../../organization-state';
import { operation, type Operation } from '../operation';
import { refuseQueryInput, validationError } from '../query-input';
import { entityAlreadyExists, noSuchEntity } from './iam-errors';
import { page } from './iam-input';
import { ownAccount } from './own-account';

const alias = z
  .string()
  .min(3)
  .max(63)
  .regex(/^[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/);

/**
 * Unique in the whole partition: another account's, a stranger's, and even one's own present alias are taken.
 *
 * @evidence documented accounts/reference/manage-acct-closing: an alias that an account had when it was closed is no
 *   other account's
 */
function isTaken(state: OrganizationState, wanted: string): boolean {
  const ours = [...state.accounts.values()].map((account) => account.alias);
  return [...ours, ...(state.seed.foreignAliases ?? [])].includes(wanted);
}

export const accountAliasOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:CreateAccountAlias": CreateAccountAlias answers nothing
    name: 'CreateAccountAlias',
    write: true,
    input: z.object({ AccountAlias: alias }),
    answer: (context, input) => {
      if (/^\d{12}$/.test(input.AccountAlias)) {
        // @evidence documented "IAM/latest/UserGuide/reference_iam-quotas, IAM/latest/APIReference/CommonErrors": an
        //   alias cannot be a 12-digit number; ValidationError is the error for input that does not meet the
        //   constraints
        throw validationError('The account alias must not be 12 digits: that is the form of an account id.');
      }
      if (isTaken(context.state, input.AccountAlias)) {
        // @evidence documented "botocore iam.CreateAccountAlias": EntityAlreadyExists for an alias that is taken
        throw entityAlreadyExists(`The account alias ${input.AccountAlias} already exists.`);
      }
      ownAccount(context).alias = input.AccountAlias;
      return {};
    },
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:DeleteAccountAlias": DeleteAccountAlias answers nothing
    name: 'DeleteAccountAlias',
    write: true,
    input: z.object({ AccountAlias: alias }),
    answer: (context, input) => {
      const account = ownAccount(context);
      if (account.alias !== input.AccountAlias) {
        // @evidence documented "botocore iam.DeleteAccountAlias": NoSuchEntity for an alias that the account does not
        //   have
        throw noSuchEntity(`The account alias ${input.AccountAlias} cannot be found.`);
      }
      account.alias = null;
      return {};
    },
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:ListAccountAliases": ListAccountAliases answers AccountAliases
    name: 'ListAccountAliases',
    write: false,
    input: z.object(page),
    answer: (context) => {
      const present = ownAccount(context).alias;
      return { AccountAliases: present === null ? [] : [present], IsTruncated: false };
    },
  }),
];
