import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import type { Configuration } from '../../functions/domain/configuration';

export interface AutomationRoleProps {
  readonly configuration: Configuration;
  /** meshStack's own connector works with this role, too: its landing zones are not in our configuration. */
  readonly servesConnector: boolean;
}

const STACK_SET_ACTIONS = [
  'cloudformation:UpdateStackInstances',
  'cloudformation:ListStackInstances',
  'cloudformation:DescribeStackSet',
  'cloudformation:CreateStackInstances',
];

/** What MeshfedAutomationRole may do: the policy of meshcloud's document, on the stack sets and functions of the landing zones alone. */
export function automationRoleStatements({
  configuration,
  servesConnector,
}: AutomationRoleProps): readonly PolicyStatement[] {
  if (servesConnector) return [asInTheDocument()];
  const stackSets = stackSetsOf(configuration);
  return [
    ...(stackSets.length === 0 ? [] : [ofStackSets(stackSets), ofTheirTargets(stackSets)]),
    ...removals(removable(configuration)),
    ...invocations(configuration),
  ];
}

/** On everything: the stack sets and functions of the connector's landing zones are configured in meshStack, so their names are not known here. */
const asInTheDocument = (): PolicyStatement =>
  new PolicyStatement({
    sid: 'AutomationPolicy',
    actions: ['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration', ...STACK_SET_ACTIONS],
    resources: ['*'],
  });

interface StackSetPlace {
  readonly name: string;
  readonly homeRegion: string;
}

/** Each once, although several landing zones may roll it out. */
export function stackSetsOf({ platform, landingZones }: Configuration): readonly StackSetPlace[] {
  const all = Object.values(landingZones).flatMap(({ stackSets }) =>
    stackSets.map(({ name, homeRegion = platform.region }) => ({ name, homeRegion })),
  );
  const byPlace = new Map(all.map((place) => [`${place.homeRegion} ${place.name}`, place]));
  return [...byPlace.keys()].toSorted().flatMap((key) => byPlace.get(key) ?? []);
}

/** Those whose instances go when an account has no more use for them. */
const removable = ({ platform, landingZones }: Configuration): readonly StackSetPlace[] =>
  stackSetsOf({
    platform,
    landingZones: Object.fromEntries(
      Object.entries(landingZones).map(([name, landingZone]) => [
        name,
        {
          ...landingZone,
          stackSets: landingZone.stackSets.filter(({ removeStackInstances }) => removeStackInstances === true),
        },
      ]),
    ),
  });

/** The ARN of a stack set ends with an id that CloudFormation draws. */
export const stackSetArn = ({ name, homeRegion }: StackSetPlace): string =>
  `arn:${Aws.PARTITION}:cloudformation:${homeRegion}:${Aws.ACCOUNT_ID}:stackset/${name}:*`;

const ofStackSets = (stackSets: readonly StackSetPlace[]): PolicyStatement =>
  new PolicyStatement({
    sid: 'AutomationPolicy',
    actions: STACK_SET_ACTIONS,
    resources: stackSets.map(stackSetArn),
  });

/** Where the instances of these stack sets go: any account (they are made later), by any type of resource (the templates are the operator's). */
export const targetArns = (stackSets: readonly StackSetPlace[]): string[] => [
  ...stackSets.map(({ name }) => `arn:${Aws.PARTITION}:cloudformation:*:${Aws.ACCOUNT_ID}:stackset-target/${name}:*`),
  `arn:${Aws.PARTITION}:cloudformation:*:*:type/resource/*`,
];

/** CloudFormation asks for targets and types as well before it creates or updates instances. */
const ofTheirTargets = (stackSets: readonly StackSetPlace[]): PolicyStatement =>
  new PolicyStatement({
    sid: 'StackSetTargets',
    actions: ['cloudformation:UpdateStackInstances', 'cloudformation:CreateStackInstances'],
    resources: targetArns(stackSets),
  });

/** Not in the document: with an instance goes the stack in the account, and with that all that it holds. */
const removals = (stackSets: readonly StackSetPlace[]): readonly PolicyStatement[] =>
  stackSets.length === 0
    ? []
    : [
        new PolicyStatement({
          sid: 'RemovableStackSets',
          actions: ['cloudformation:DeleteStackInstances'],
          resources: [...stackSets.map(stackSetArn), ...targetArns(stackSets)],
        }),
      ];

/** As configured, qualifier and all: IAM compares what is invoked. */
function invocations({ landingZones }: Configuration): readonly PolicyStatement[] {
  const arns = Object.values(landingZones).flatMap(({ awsLambdaArn }) => awsLambdaArn ?? []);
  const resources = [...new Set(arns)].toSorted();
  return resources.length === 0
    ? []
    : [
        new PolicyStatement({
          sid: 'LandingZoneFunctions',
          // The second one is not in the document: by it preflight sees that the function is there.
          actions: ['lambda:InvokeFunction', 'lambda:GetFunctionConfiguration'],
          resources,
        }),
      ];
}
