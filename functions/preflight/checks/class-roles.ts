import type { GrantedRights } from '../../ports/granted-rights';
import { type Check, failed, ok } from '../check';

/**
 * The roles of the other classes are there. Their trust does not let a preflight in, so it looks from outside; whether they trust their functions
 * shows with the first of these.
 */
export const classRoleChecks = (
  rights: Pick<GrantedRights, 'hasRole'>,
  roleArns: readonly string[],
  entering: string,
): readonly Check[] =>
  roleArns.map((arn) => ({
    id: `role-exists:${nameOf(arn)}`,
    sentence: `${nameOf(arn)} is there.`,
    needs: [entering],
    look: async () =>
      (await rights.hasRole(arn))
        ? ok()
        : failed(
            `There is no role ${arn}.`,
            `Deploy ManagementAccountStack in account ${arn.split(':')[4] ?? ''}: it makes a role for each class of rights. If its outputs name other roles, ` +
              'correct organizationRootAccountRole in platform.json and deploy VendingStack.',
          ),
  }));

const nameOf = (roleArn: string): string => roleArn.split('/').at(-1) ?? '';
