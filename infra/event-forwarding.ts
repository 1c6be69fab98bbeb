import type { EventPattern } from 'aws-cdk-lib/aws-events';
import type { IConstruct } from 'constructs';

import type { Configuration } from '../functions/domain/configuration/configuration';
import { accountOfRole } from '../functions/domain/configuration/service-accounts';
import { partitionIn } from '../functions/domain/configuration/platform-place-faults';
import { checkedText, type Rule } from './context-values';

/** Where AWS tells of something that runs wait for, and what is forwarded from there. */
export interface ForwardingPlace {
  readonly stackId: string;
  readonly roleName: string;
  readonly accountId: string;
  readonly region: string;
  readonly pattern: EventPattern;
}

export interface EventForwarding {
  /** The bus of the application, to which events are forwarded. */
  readonly busArn: string;
  readonly places: readonly ForwardingPlace[];
}

/**
 * Undefined unless it is asked for: then runs find out by polls alone.
 *
 * @throws ConfigurationError when the context names no bus
 */
export function eventForwarding(scope: IConstruct, configuration: Configuration): EventForwarding | undefined {
  const busArn = checkedText(scope, 'eventForwarding', BUS);
  return busArn === undefined ? undefined : { busArn, places: placesOf(configuration) };
}

const BUS: Rule = {
  pattern: /^arn:[\w-]+:events:[\w-]+:\d{12}:event-bus\/[\w./-]+$/u,
  isNot: 'not the ARN of an event bus',
  remedy: "Give that of VendingStack's bus: arn:<partition>:events:<region>:<account>:event-bus/meshstack.",
};

const VIA_CLOUDTRAIL = 'AWS Service Event via CloudTrail';

const ACCOUNTS: EventPattern = {
  source: ['aws.organizations'],
  detailType: [VIA_CLOUDTRAIL],
  detail: { eventName: ['CreateAccountResult', 'CloseAccountResult'] },
};

const ENROLLMENTS: EventPattern = {
  source: ['aws.controltower'],
  detailType: [VIA_CLOUDTRAIL],
  detail: {
    eventName: [
      'CreateManagedAccount',
      'UpdateManagedAccount',
      'EnableBaseline',
      'UpdateEnabledBaseline',
      'ResetEnabledBaseline',
    ],
  },
};

const DEPLOYMENTS: EventPattern = {
  source: ['aws.cloudformation'],
  detailType: ['CloudFormation StackSet Operation Status Change'],
  detail: { 'status-details': { status: ['SUCCEEDED', 'FAILED', 'STOPPED'] } },
};

/** What comes in at the application's bus, from these accounts alone. */
export const forwardedPattern = ({ places }: EventForwarding): EventPattern => ({
  source: [ACCOUNTS, ENROLLMENTS, DEPLOYMENTS].flatMap(({ source = [] }) => source),
  account: [...new Set(places.map(({ accountId }) => accountId))],
});

function placesOf({ platform, landingZones }: Configuration): readonly ForwardingPlace[] {
  const managementAccount = accountOfRole(platform.accessConfig.organizationRootAccountRole);
  const automationAccount = accountOfRole(platform.automationAccountRole);
  const stackSets = Object.values(landingZones).flatMap((landingZone) => landingZone.stackSets);
  const regions = new Set(stackSets.map(({ homeRegion }) => homeRegion ?? platform.region));
  const controlTower = platform.enrollmentConfiguration?.region;
  return [
    {
      stackId: 'EventForwardingStack',
      roleName: 'event-forwarding-organizations',
      pattern: ACCOUNTS,
      accountId: managementAccount,
      region: partitionIn(platform)?.globalRegion ?? platform.region,
    },
    ...(controlTower === undefined
      ? []
      : [
          {
            stackId: 'ControlTowerEventForwardingStack',
            roleName: 'event-forwarding-control-tower',
            accountId: managementAccount,
            region: controlTower,
            pattern: ENROLLMENTS,
          },
        ]),
    ...[...regions].sort().map((region) => ({
      stackId: `StackSetEventForwardingStack-${region}`,
      roleName: `event-forwarding-stack-sets-${region}`,
      accountId: automationAccount,
      region,
      pattern: DEPLOYMENTS,
    })),
  ];
}
