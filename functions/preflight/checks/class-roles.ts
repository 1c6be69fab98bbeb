import { flawsOfTrust, type TrustFlaws } from '../../domain/access/trusted-principals';
import { accountOfRole } from '../../domain/configuration/service-accounts';
import type { GrantedRights } from '../../ports/iam';
import { type Check, failed, type Finding, ok, skipped, unknown } from '../check';

/** A role that works for one class of rights. */
export interface ClassRole {
  readonly arn: string;
  /** The stack that makes it. */
  readonly stack: string;
  /** The names of the roles of its functions. */
  readonly trusted: readonly string[];
  /** The check by which a preflight gets into its account. */
  readonly entering: string;
  /** Whether that check is about this very role. */
  readonly isEntered: boolean;
  readonly rights: Pick<GrantedRights, 'trustOf'>;
}

export interface TrustFacts {
  /** The account of the functions; null where nobody can tell. */
  readonly meshcloudAccountId: () => Promise<string | null>;
  readonly externalId: () => Promise<string>;
}

/**
 * The role of every class is there and trusts its functions, all of them and nobody else. A preflight can assume two of
 * them, so it reads the trust of each from outside.
 */
export const classRoleChecks = (roles: readonly ClassRole[], facts: TrustFacts): readonly Check[] =>
  roles.flatMap((role) => [...(role.isEntered ? [] : [exists(role)]), trusts(role, facts)]);

const exists = (role: ClassRole): Check => ({
  id: existenceOf(role),
  sentence: `${nameOf(role)} is there.`,
  needs: [role.entering],
  judge: async () => ((await role.rights.trustOf(role.arn)) === undefined ? absent(role) : ok()),
});

const existenceOf = (role: ClassRole): string => `role-exists:${nameOf(role)}`;

const absent = ({ arn, stack }: ClassRole): Finding =>
  failed(
    `There is no role ${arn}.`,
    `Deploy ${stack} in account ${accountOfRole(arn)}: it makes this role. If its outputs name other roles, correct organizationRootAccountRole, ` +
      'automationAccountRole or identityCenterRole in platform.json and deploy VendingStack.',
  );

const trusts = (role: ClassRole, facts: TrustFacts): Check => ({
  id: `role-trust:${nameOf(role)}`,
  sentence: `${nameOf(role)} trusts the functions of its class with the ExternalId, and nobody else.`,
  needs: [role.entering, ...(role.isEntered ? [] : [existenceOf(role)])],
  judge: () => judge(role, facts),
});

async function judge(role: ClassRole, { meshcloudAccountId, externalId }: TrustFacts): Promise<Finding> {
  const account = await meshcloudAccountId();
  if (account === null) return skipped(NO_ACCOUNT);
  const trust = await role.rights.trustOf(role.arn);
  if (trust === undefined) return absent(role);
  const principalArns = role.trusted.map((name) => `arn:${role.arn.split(':')[1] ?? ''}:iam::${account}:role/${name}`);
  const flaws = flawsOfTrust(trust, { principalArns, externalId: await externalId() });
  return flaws === undefined ? unreadable(role) : findingOf(role, flaws, account);
}

const NO_ACCOUNT =
  'meshcloudAccountId is not configured in platform.json, so whose functions are to be trusted is not known here: run the preflight over the API (--api URL), or configure it.';

const unreadable = ({ arn }: ClassRole): Finding =>
  unknown(
    `The trust policy of ${arn} has statements that preflight cannot read.`,
    'Compare it with docs/iam.md, "Trust".',
  );

function findingOf(
  role: ClassRole,
  { missing, foreign, isOpen, hasOtherExternalId }: TrustFlaws,
  account: string,
): Finding {
  const missed = hasOtherExternalId
    ? ['asks for another ExternalId than the one of the secret']
    : missing.map((arn) => `does not trust ${arn.split('/').at(-1) ?? ''}`);
  const flaws = [
    ...(isOpen ? ['lets somebody in without an ExternalId'] : []),
    ...missed,
    ...foreign.map((arn) => `trusts ${arn} as well`),
  ];
  return flaws.length === 0
    ? ok()
    : failed(`${role.arn} ${flaws.join(', ')}.`, `${deployAgain(role, account)}${foreign.length === 0 ? '' : FOREIGN}`);
}

const deployAgain = ({ arn, stack }: ClassRole, account: string): string =>
  `Deploy ${stack} again in account ${accountOfRole(arn)}, with this release and the ExternalId that VendingStack has: npx cdk deploy ${stack} ` +
  `--parameters MeshcloudAccountId=${account} --parameters ExternalId=<ExternalId>.`;

const FOREIGN =
  ' CloudFormation writes the trust only where its template has changed: otherwise take out of the trust policy whom you do not know, and find out who ' +
  'put it there (CloudTrail, UpdateAssumeRolePolicy).';

const nameOf = ({ arn }: Pick<ClassRole, 'arn'>): string => arn.split('/').at(-1) ?? '';
