import { UPDATING_LANDING_ZONE } from '../../../functions/aws/permissions/shared-actions';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import { EXAMPLE_EXTERNAL_ID } from '../../../sandbox/organization/example-organization';
import {
  MANAGEMENT_ROLE,
  CREATING_ROLE,
  ENROLLING_ROLE,
  AUTOMATION_ROLE,
  without,
  changed,
  openTrust,
  trusting,
  trustingAlso,
  functionRole,
  withoutAction,
  type Defect,
  expectFound,
} from './planted-defects';

const defects: readonly Defect[] = [
  {
    defect: 'another ExternalId in the secret than in the trust',
    planted: { externalId: 'another-external-id-0a1b2c' },
    finds: [
      'role-lets-in:MeshfedServiceRole-Read',
      'role-lets-in:MeshfedAutomationRole-Read',
      'role-lets-in:MeshCostExplorerServiceRole',
    ],
    remedy: /npx cdk deploy ManagementAccountStack --parameters MeshcloudAccountId=.* --parameters ExternalId=/u,
  },
  {
    defect: 'another ExternalId of metering in its secret than in the trust',
    planted: { meteringExternalId: 'another-external-id-0a1b2c' },
    finds: ['role-lets-in:MeshCostExplorerServiceRole'],
    remedy: /this role asks for MeteringExternalId in place of ExternalId/u,
  },
  {
    defect: 'no MeshfedServiceRole-Read',
    planted: { roles: without(MANAGEMENT_ROLE) },
    finds: ['role-lets-in:MeshfedServiceRole-Read'],
    remedy: /Deploy ManagementAccountStack in account 222222222222/u,
  },
  {
    defect: 'no MeshfedAutomationRole-Read',
    planted: { roles: without(AUTOMATION_ROLE) },
    finds: ['role-lets-in:MeshfedAutomationRole-Read'],
    remedy: /Deploy AutomationAccountStack in account 333333333333/u,
  },
  {
    defect: 'a role for costs that does not know us',
    planted: { roles: without('MeshCostExplorerServiceRole') },
    finds: ['role-lets-in:MeshCostExplorerServiceRole'],
    remedy: /keep with --context costExplorerRole=existing has to trust our functions by a statement that you add/u,
  },
  {
    defect: 'no role that moves and tags accounts',
    planted: { roles: without('MeshfedServiceRole-Arrange') },
    finds: ['role-exists:MeshfedServiceRole-Arrange'],
    remedy: /Deploy ManagementAccountStack in account 222222222222/u,
  },
  {
    defect: 'a trust that asks for no ExternalId',
    planted: { roles: changed(MANAGEMENT_ROLE, openTrust) },
    finds: ['role-asks-for-external-id:MeshfedServiceRole-Read', 'role-trust:MeshfedServiceRole-Read'],
    remedy: /"StringEquals": \{ "sts:ExternalId"/u,
  },
  {
    defect: 'no role that calls the functions of landing zones',
    planted: { roles: without('MeshfedAutomationRole-Functions') },
    finds: ['role-exists:MeshfedAutomationRole-Functions'],
    remedy: /Deploy AutomationAccountStack in account 333333333333/u,
  },
  {
    defect: 'a creating role whose trust asks for no ExternalId',
    planted: { roles: changed(CREATING_ROLE, openTrust) },
    finds: ['role-trust:MeshfedServiceRole-Create'],
    remedy: /Deploy ManagementAccountStack again in account 222222222222/u,
  },
  {
    defect: 'a creating role whose trust has another ExternalId',
    planted: { roles: changed(CREATING_ROLE, trusting(EXAMPLE_EXTERNAL_ID, 'the-external-id-of-yesterday')) },
    finds: ['role-trust:MeshfedServiceRole-Create'],
    remedy: /--parameters ExternalId=/u,
  },
  {
    defect: 'a role that does not trust a function of its class',
    planted: { roles: changed(ENROLLING_ROLE, trusting(functionRole('UnenrollAccount'), functionRole('NoFunction'))) },
    finds: ['role-trust:MeshfedServiceRole-ControlTower'],
    remedy: /Deploy ManagementAccountStack again/u,
  },
  {
    defect: 'a role that trusts a function of another class as well',
    planted: {
      roles: changed(
        'MeshfedServiceRole-Enter',
        trusting(functionRole('OpenAccount'), `${functionRole('OpenAccount')}","${functionRole('CheckClosure')}`),
      ),
    },
    finds: ['role-trust:MeshfedServiceRole-Enter'],
    remedy: /take out of the trust policy whom you do not know/u,
  },
  {
    defect: 'a role that trusts another account as a whole',
    planted: {
      roles: changed(
        'MeshfedAutomationRole-StackSets',
        trustingAlso({
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::999999999999:root' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': EXAMPLE_EXTERNAL_ID } },
        }),
      ),
    },
    finds: ['role-trust:MeshfedAutomationRole-StackSets'],
    remedy: /Deploy AutomationAccountStack again in account 333333333333/u,
  },
  {
    defect: 'a role whose trust denies one of its functions',
    planted: {
      roles: changed(
        'MeshfedServiceRole-Arrange',
        trustingAlso({
          Effect: 'Deny',
          Principal: '*',
          Action: 'sts:AssumeRole',
          Condition: { ArnLike: { 'aws:PrincipalArn': functionRole('Move*') } },
        }),
      ),
    },
    finds: ['role-trust:MeshfedServiceRole-Arrange'],
    remedy: /Deploy ManagementAccountStack again/u,
  },
  {
    defect: 'no right to close accounts',
    planted: { roles: changed(CREATING_ROLE, withoutAction('organizations:CloseAccount')) },
    finds: ['account-closing-rights'],
    remedy: /Deploy ManagementAccountStack with this configuration: .* Or set closeAccount/u,
  },
  ...[...UPDATING_LANDING_ZONE.operations, ...UPDATING_LANDING_ZONE.baselines].map((action) => ({
    defect: `no right for updates of the landing zone: ${action}`,
    planted: { roles: changed(ENROLLING_ROLE, withoutAction(action)) },
    finds: ['landing-zone-update-rights'],
    remedy: /its statements FleetReading and FleetUpdating allow it/u,
  })),
];

beforeAll(loadPolicyTables);

describe('a preflight', () => {
  it.each(defects)('finds $defect, and nothing else', async (defect) => {
    await expectFound(defect);
  });
});
