import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

import { VendingApplication as Application } from '../../../infra/constructs/vending-application';
import { UNNAMED } from '../../../infra/ruled-stack';
import type { ConfigurationSource } from './configuration-source';
import { prebuiltFunctions } from './prebuilt-functions';
import { readConfiguration } from './read-configuration';

export interface VendingApplicationProps {
  readonly configuration: ConfigurationSource;
  /** A customer's key for everything that is kept, in the stack's region. Absent: keys of AWS. */
  readonly kmsKeyArn?: string;
  /**
   * The only senders of desired states: accounts, organizations, and ARNs of roles or users. Absent: every principal
   * that this account's policies allow.
   */
  readonly eventSenders?: readonly string[];
  /** Absent: yes. Whether the API writes logs, by the one role that API Gateway has in an account and region. */
  readonly writesApiLogs?: boolean;
}

/**
 * The whole application, for the account that vends. It brings the parameter `ExternalId` to its stack. One in an
 * account and region: the roles of the other accounts trust its functions by their names.
 *
 * @throws ConfigurationError with a line for each fault of the configuration
 */
export class VendingApplication extends Construct {
  /** Takes desired states, and tells how vendings end. */
  readonly eventBus: EventBus;
  readonly api: RestApi;
  /** Alarms and notices go there. */
  readonly alarmTopic: Topic;

  constructor(scope: Construct, id: string, props: VendingApplicationProps) {
    super(scope, id);
    const { configuration } = readConfiguration(props.configuration);
    const { kmsKeyArn, eventSenders = [], writesApiLogs = true } = props;
    const { eventBus, api, alarmTopic } = new Application(this, UNNAMED, {
      configuration,
      kmsKeyArn,
      eventSenders,
      writesApiLogs,
      codeOf: prebuiltFunctions(configuration),
    });
    this.eventBus = eventBus;
    this.api = api;
    this.alarmTopic = alarmTopic;
  }
}
