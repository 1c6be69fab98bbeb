import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import { ACCOUNT_FACTORY_ACTIONS } from '../../functions/aws/permissions/shared-actions';
import { actionsInManagement } from '../../functions/aws/permissions/function-permissions';
import { MANAGEMENT_ACCESS_CLASS, type ManagementClass } from '../../functions/aws/permissions/step-permissions';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { controlTowerGrants } from './control-tower-grants';
import { statementsFor } from './grant';
import { identityCenterGrants, keptInManagement } from './identity-center-grants';
import { managementAccess, notInTheManagementAccount } from './management-access';
import { memberRoleArn } from './member-role-arn';
import { organizationGrants } from './organization-grants';
import { preflightGrants } from './preflight-grants';
import { closings, creations, serviceAccountsStay, taggings } from './tenant-tag-statements';

export interface ManagementRoleProps {
  readonly configuration: Configuration;
  readonly externalIds: readonly string[];
  /** Accounts that nobody closes. */
  readonly serviceAccountIds: readonly string[];
}

/**
 * What the role of a class may do in the management account: the statements of meshcloud's document and the few beyond
 * them, each with the actions that functions of the class call. Every difference has its reason in
 * `docs/iam-differences.md`.
 */
export function managementRoleStatements(
  ofClass: ManagementClass,
  props: ManagementRoleProps,
): readonly PolicyStatement[] {
  const { platform } = props.configuration;
  if (ofClass === MANAGEMENT_ACCESS_CLASS) return managementAccess(platform);
  const grants = [
    ...organizationGrants(platform),
    ...(ofClass === 'IdentityCenter' && platform.identityCenterRole !== undefined
      ? keptInManagement(platform)
      : identityCenterGrants(platform)),
    ...controlTowerGrants(platform),
    ...preflightGrants(platform),
  ];
  return [...ofClassAlone(ofClass, props), ...statementsFor(wantedBy(ofClass), grants)];
}

type GrantedClass = Exclude<ManagementClass, typeof MANAGEMENT_ACCESS_CLASS>;

/** What the Account Factory takes has a policy of its own. */
const wantedBy = (ofClass: GrantedClass): ReadonlySet<string> =>
  ofClass === 'ControlTower'
    ? new Set([...actionsInManagement(ofClass)].filter((action) => !isOfTheAccountFactory(action)))
    : actionsInManagement(ofClass);

const isOfTheAccountFactory = (action: string): boolean => ACCOUNT_FACTORY_ACTIONS.some((listed) => listed === action);

/** What no other class has, or has under other conditions. */
function ofClassAlone(ofClass: GrantedClass, props: ManagementRoleProps): readonly PolicyStatement[] {
  switch (ofClass) {
    case 'Create':
      return [
        ...creations(),
        ...(closesAccounts(props.configuration) ? [closings()] : []),
        serviceAccountsStay(props.serviceAccountIds),
      ];
    case 'Arrange':
      return taggings();
    case 'Enter':
      return [accessToMembers(props)];
    case 'IdentityCenter':
      return notInTheManagementAccount(props.configuration.platform);
    case 'ControlTower':
    case 'Read':
      return [];
  }
}

const closesAccounts = ({ landingZones }: Configuration): boolean =>
  Object.values(landingZones).some(({ closeAccount }) => closeAccount);

/** The way into member accounts, with the ExternalId. */
const accessToMembers = ({ configuration: { platform }, externalIds }: ManagementRoleProps): PolicyStatement =>
  new PolicyStatement({
    sid: 'StsAccessMemberAccount',
    actions: ['sts:AssumeRole'],
    resources: [memberRoleArn(platform.accountAccessRole)],
    conditions: { StringEquals: { 'sts:ExternalId': [...externalIds] } },
  });
