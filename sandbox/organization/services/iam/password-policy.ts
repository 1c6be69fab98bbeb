import * as z from 'zod';
import { operation, type Operation } from '../operation';
import { queryNumber, refuseQueryInput } from '../query-input';
import { noSuchEntity } from './iam-errors';
import { ownAccount } from './own-account';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/**
 * @evidence documented "botocore iam.UpdateAccountPasswordPolicy": a parameter that is not given goes back to its
 *   default
 */
const policyInput = z.object({
  MinimumPasswordLength: queryNumber.min(6).max(128).default(6),
  RequireSymbols: flag.default(false),
  RequireNumbers: flag.default(false),
  RequireUppercaseCharacters: flag.default(false),
  RequireLowercaseCharacters: flag.default(false),
  AllowUsersToChangePassword: flag.default(false),
  MaxPasswordAge: queryNumber.min(1).max(1095).optional(),
  PasswordReusePrevention: queryNumber.min(1).max(24).optional(),
  HardExpiry: flag.default(false),
});

export const passwordPolicyOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:UpdateAccountPasswordPolicy": UpdateAccountPasswordPolicy answers nothing
    name: 'UpdateAccountPasswordPolicy',
    write: true,
    input: policyInput,
    answer: (context, input) => {
      ownAccount(context).passwordPolicy = input;
      return {};
    },
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:GetAccountPasswordPolicy": GetAccountPasswordPolicy answers
    //   PasswordPolicy
    name: 'GetAccountPasswordPolicy',
    write: false,
    input: z.object({}),
    answer: (context) => {
      const policy = ownAccount(context).passwordPolicy;
      if (policy === null) {
        // @evidence documented "AWS CLI, examples of iam get-account-password-policy": NoSuchEntity where there is none
        throw noSuchEntity(`The Password Policy with domain name ${context.principal.accountId} cannot be found.`);
      }
      // @evidence documented "botocore iam.PasswordPolicy": ExpirePasswords is true where MaxPasswordAge is above 0,
      //   though botocore's example of GetAccountPasswordPolicy has 90 days and false
      return { PasswordPolicy: { ...policy, ExpirePasswords: policy.MaxPasswordAge !== undefined } };
    },
  }),
];
