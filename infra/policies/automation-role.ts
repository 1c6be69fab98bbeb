import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import { actionsInAutomation } from '../../functions/aws/permissions/function-permissions';
import { AUTOMATION_CLASSES, type AutomationClass } from '../../functions/aws/permissions/step-permissions';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { customizationsIn, projectNameOf } from '../../functions/domain/customizations/planned-customizations';
import { type Grant, statementsFor } from './grant';
import { trustGrant } from './preflight-grants';

/**
 * What the role of a class may do in the automation account: on the stack sets and functions of the landing zones
 * alone.
 */
export const automationRoleStatements = (
  ofClass: AutomationClass,
  configuration: Configuration,
): readonly PolicyStatement[] =>
  statementsFor(actionsInAutomation(ofClass), [
    ...rollOuts(stackSetsOf(configuration)),
    ...removals(removable(configuration)),
    ...invocations(configuration),
    ...builds(configuration),
    trustGrant(configuration.platform.automationAccountRole, AUTOMATION_CLASSES),
  ]);

const STACK_SET_ACTIONS = [
  'cloudformation:UpdateStackInstances',
  'cloudformation:ListStackInstances',
  'cloudformation:DescribeStackSet',
  'cloudformation:CreateStackInstances',
];

/**
 * What MeshfedAutomationRole may do for meshStack's own connector, as in the document. On everything: the stack sets
 * and functions of its landing zones are configured in meshStack, so their names are not known here.
 */
export const connectorAutomationStatement = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'AutomationPolicy',
    actions: ['lambda:InvokeFunction', ...STACK_SET_ACTIONS],
    resources: ['*'],
  });

interface StackSetPlace {
  readonly name: string;
  readonly homeRegion: string;
}

type StackSetEntry = Configuration['landingZones'][string]['stackSets'][number];

/** Each once, although several landing zones may roll it out. */
export function stackSetsOf(
  { platform, landingZones }: Configuration,
  isWanted: (stackSet: StackSetEntry) => boolean = () => true,
): readonly StackSetPlace[] {
  const all = Object.values(landingZones).flatMap(({ stackSets }) =>
    stackSets.filter(isWanted).map(({ name, homeRegion = platform.region }) => ({ name, homeRegion })),
  );
  const byPlace = new Map(all.map((place) => [`${place.homeRegion} ${place.name}`, place]));
  return [...byPlace.keys()].toSorted().flatMap((key) => byPlace.get(key) ?? []);
}

/** Those whose instances go when an account has no more use for them. */
const removable = (configuration: Configuration): readonly StackSetPlace[] =>
  stackSetsOf(configuration, ({ removeStackInstances }) => removeStackInstances === true);

/** The ARN of a stack set ends with an id that CloudFormation draws. */
export const stackSetArn = ({ name, homeRegion }: StackSetPlace): string =>
  `arn:${Aws.PARTITION}:cloudformation:${homeRegion}:${Aws.ACCOUNT_ID}:stackset/${name}:*`;

/**
 * The targets of instances: any account, since accounts are created later, and any type of resource, since the operator
 * writes the templates.
 */
export const targetArns = (stackSets: readonly StackSetPlace[]): string[] => [
  ...stackSets.map(({ name }) => `arn:${Aws.PARTITION}:cloudformation:*:${Aws.ACCOUNT_ID}:stackset-target/${name}:*`),
  `arn:${Aws.PARTITION}:cloudformation:*:*:type/resource/*`,
];

const rollOuts = (stackSets: readonly StackSetPlace[]): readonly Grant[] =>
  stackSets.length === 0
    ? []
    : [
        {
          sid: 'AutomationPolicy',
          // The last two are not in the document: what became of our operation where no instance names it any more, and
          // what an instance of which the ledger knows nothing was deployed with.
          actions: [
            ...STACK_SET_ACTIONS,
            'cloudformation:DescribeStackSetOperation',
            'cloudformation:DescribeStackInstance',
          ],
          resources: stackSets.map(stackSetArn),
        },
        // CloudFormation asks for targets and types as well before it creates or updates instances.
        {
          sid: 'StackSetTargets',
          actions: ['cloudformation:UpdateStackInstances', 'cloudformation:CreateStackInstances'],
          resources: targetArns(stackSets),
        },
      ];

/** Not in the document: with an instance goes the stack in the account, and with that all that it holds. */
const removals = (stackSets: readonly StackSetPlace[]): readonly Grant[] =>
  stackSets.length === 0
    ? []
    : [
        {
          sid: 'RemovableStackSets',
          actions: ['cloudformation:DeleteStackInstances'],
          resources: [...stackSets.map(stackSetArn), ...targetArns(stackSets)],
        },
      ];

/** Not in the document: a build is named after its project, which is what IAM judges. */
function builds(configuration: Configuration): readonly Grant[] {
  const { region } = configuration.platform;
  const names = customizationsIn(configuration).map(({ landingZone, customization: { name } }) =>
    projectNameOf({ landingZone, name }),
  );
  const resources = [...new Set(names)].map(
    (name) => `arn:${Aws.PARTITION}:codebuild:${region}:${Aws.ACCOUNT_ID}:project/${name}`,
  );
  const actions = [
    'codebuild:StartBuild',
    'codebuild:StopBuild',
    'codebuild:BatchGetBuilds',
    'codebuild:ListBuildsForProject',
  ];
  return resources.length === 0 ? [] : [{ sid: 'Customizations', actions, resources }];
}

/** As configured, qualifier and all: IAM compares what is invoked. */
function invocations({ landingZones }: Configuration): readonly Grant[] {
  const arns = Object.values(landingZones).flatMap(({ awsLambdaArn }) => awsLambdaArn ?? []);
  const resources = [...new Set(arns)].toSorted();
  // The second action is not in the document: by it preflight sees that the function is there.
  const actions = ['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration'];
  return resources.length === 0 ? [] : [{ sid: 'LandingZoneFunctions', actions, resources }];
}
