import { RejectedError } from '../base/errors';
import type { Refusal } from './factory-decision';
import type { ProductStanding } from './provisioned-products';

interface Refused {
  readonly accountId: string;
  /** The unit that the account is to be in. */
  readonly unitId: string;
  readonly product: ProductStanding | undefined;
}

/**
 * Why the Account Factory is asked for nothing, and what a person can do in the console of Control Tower, which can do
 * more.
 */
export function factoryRefusal(refusal: Refusal, { accountId, unitId, product }: Refused): RejectedError {
  switch (refusal) {
    case 'shared':
      return serviceIntegrationAccount(accountId);
    case 'unmovable':
      return new RejectedError(
        `Control Tower governs account ${accountId} outside ${unitId}, and the account has no healthy provisioned product that could move it.`,
        `In the console of Control Tower move the account to ${unitId} and choose "Update account", or re-register the organizational unit that it is ` +
          'in, which gives the account a product; then replay this run. Moved by us, it would be drift.',
      );
    case 'doubtful':
      return new RejectedError(
        `The provisioned product ${product?.name ?? ''} of account ${accountId} never succeeded, somebody else has made it, and Control Tower may govern the ` +
          'account. Terminating the product could unenroll it.',
        'Look at the account in the console of Control Tower. Where it is not enrolled, terminate that product in the Service Catalog console; where it ' +
          'is, choose "Update account". Then replay this run.',
      );
  }
}

/**
 * @evidence documented controltower/userguide/special-accounts: the landing zone manages these accounts, and no
 *   organizational unit does
 */
export const serviceIntegrationAccount = (accountId: string): RejectedError =>
  new RejectedError(
    `Account ${accountId} is a service integration account of Control Tower, such as audit or log archive: the landing zone alone manages it.`,
    'Give the tenant another account: send its desired state without platformTenantId, or with the id of an account of its own.',
  );
