import type { ServiceRoles } from '../../ports/own-account';
import { type Check, failed, ok } from '../check';

/** A role of another account that our functions enter. */
export interface ServiceRole {
  readonly name: string;
  readonly arn: string;
  /** The stack that makes it. */
  readonly stack: string;
  /** The context by which that stack leaves a role alone that is there already. */
  readonly keptBy?: string;
}

export const canBeEntered = ({ name }: Pick<ServiceRole, 'name'>): string => `role-lets-in:${name}`;

/** Each role lets our functions in with the ExternalId, and nobody without. */
export const serviceRoleChecks = (roles: ServiceRoles, all: readonly ServiceRole[]): readonly Check[] =>
  all.flatMap((role) => [letsIn(roles, role), asksForExternalId(roles, role)]);

const letsIn = (roles: ServiceRoles, role: ServiceRole): Check => ({
  id: canBeEntered(role),
  sentence: `${role.name} can be assumed with the ExternalId.`,
  judge: async () =>
    (await roles.canEnter(role.arn, 'agreed'))
      ? ok()
      : failed(
          `AWS does not let us assume ${role.arn}. It answers alike when there is no such role, when it does not trust our functions, and when ` +
            'it asks for another ExternalId; a change of any of these takes up to a minute to count.',
          `Deploy ${role.stack} in account ${accountOf(role.arn)}, with MeshcloudAccountId and the ExternalId that VendingStack has: npx cdk deploy ` +
            `${role.stack} --parameters MeshcloudAccountId=<meshcloud account> --parameters ExternalId=<ExternalId>. If its output names another role, ` +
            `correct organizationRootAccountRole, automationAccountRole or identityCenterRole in platform.json and deploy VendingStack.${ofKept(role)}`,
        ),
});

/** The stack does not touch a role that it keeps. */
const ofKept = ({ keptBy }: ServiceRole): string =>
  keptBy === undefined
    ? ''
    : ` A role that you keep with --context ${keptBy} has to trust our functions by a statement that you add ` +
      '(docs/setup.md, "Beside an existing meshStack integration"). With --context meteringExternalId=true this role asks for MeteringExternalId in place ' +
      'of ExternalId.';

const asksForExternalId = (roles: ServiceRoles, role: ServiceRole): Check => ({
  id: `role-asks-for-external-id:${role.name}`,
  sentence: `${role.name} cannot be assumed without the ExternalId.`,
  // A role that lets nobody in refuses this, too, for another reason.
  needs: [canBeEntered(role)],
  judge: async () =>
    (await roles.canEnter(role.arn, 'none'))
      ? failed(
          `${role.arn} lets us in without an ExternalId: its trust policy has no condition on sts:ExternalId, or one that an absent value meets.`,
          `Deploy ${role.stack} in account ${accountOf(role.arn)} again, which writes the trust policy again, or add the condition ` +
            '"StringEquals": { "sts:ExternalId": "<ExternalId>" } to every statement of the trust policy.',
        )
      : ok(),
});

const accountOf = (arn: string): string => arn.split(':')[4] ?? '';
