import { accountOfRole } from '../../domain/configuration/service-accounts';
import type { OrganizationInventory } from '../../ports/organizations';
import { type Check, failed, ok } from '../check';

/** The principal of IAM Identity Center. */
const SERVICE = 'sso.amazonaws.com';

/**
 * Where groups are worked on in an account of their own, that account administers IAM Identity Center: AWS denies all
 * else.
 */
export const delegatedAdministratorChecks = (
  inventory: Pick<OrganizationInventory, 'delegatedAdministrators'>,
  identityCenterRole: string | undefined,
  entering: string,
): readonly Check[] => {
  if (identityCenterRole === undefined) return [];
  const accountId = accountOfRole(identityCenterRole);
  return [
    {
      id: 'identity-center-administrator',
      sentence: `Account ${accountId} is the delegated administrator of IAM Identity Center.`,
      needs: [entering],
      judge: async () => {
        const administrators = await inventory.delegatedAdministrators(SERVICE);
        if (administrators.includes(accountId)) return ok();
        const others = administrators.length === 0 ? 'Nobody is' : `${administrators.join(', ')} is`;
        return failed(
          `${others} the delegated administrator of IAM Identity Center, and identityCenterRole is in account ${accountId}.`,
          `Register it from the management account: aws organizations register-delegated-administrator --account-id ${accountId} --service-principal ` +
            `${SERVICE}. Or correct identityCenterRole in platform.json and deploy VendingStack.`,
        );
      },
    },
  ];
};
