import type { LandingZone } from '../../domain/landing-zone';
import { TENANT_TAG_KEY } from '../../domain/tenant-tag';
import type { GrantedRights } from '../../ports/granted-rights';
import { type Check, failed, type Finding, ok, skipped } from '../check';

/** Who closes the accounts of tenants that go may do so. Service control policies do not count: they bind nobody in the management account. */
export const accountClosingChecks = (
  rights: GrantedRights,
  landingZones: readonly LandingZone[],
  roleArn: string,
  entering: string,
): readonly Check[] => [
  {
    id: 'account-closing-rights',
    sentence: `${nameOf(roleArn)} may close the accounts of tenants.`,
    needs: [entering],
    look: () => {
      const closing = landingZones.filter(({ closeAccount }) => closeAccount).map(({ name }) => name);
      return closing.length === 0
        ? skipped('No landing zone closes accounts (closeAccount).')
        : look(rights, roleArn, closing);
    },
  },
];

async function look(rights: GrantedRights, roleArn: string, closing: readonly string[]): Promise<Finding> {
  const tags = { [TENANT_TAG_KEY]: '00000000-0000-4000-8000-000000000000' };
  const missing = await rights.missing(roleArn, ['organizations:CloseAccount'], {
    resourceArn: accountBeside(roleArn),
    tags,
  });
  return missing.length === 0
    ? ok(`Landing zones that close accounts: ${closing.join(', ')}.`)
    : failed(
        `The policies of ${roleArn} do not allow organizations:CloseAccount on accounts with the tag ${TENANT_TAG_KEY}, which ${closing.join(', ')} closes.`,
        'Deploy ManagementAccountStack with this configuration: it allows that where a landing zone has closeAccount. Or set closeAccount in the ' +
          'landing zone to false, and deploy VendingStack: its accounts stay when their tenants go.',
      );
}

const nameOf = (roleArn: string): string => roleArn.split('/').at(-1) ?? '';

/** Some account of an organization: which one does not matter. */
const accountBeside = (roleArn: string): string =>
  roleArn.replace(/^arn:([\w-]+):iam::(\d{12}):.*$/u, 'arn:$1:organizations::$2:account/o-preflight00/999999999999');
