import { Aws } from 'aws-cdk-lib';
import { CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

import { ConfigurationError } from '../../functions/domain/base/errors';
import type { PlatformConfiguration } from '../../functions/domain/configuration/platform-configuration';
import { partitionIn } from '../../functions/domain/configuration/platform-place-faults';
import type { Network } from '../deployment-rules';

/**
 * What the application itself is made of, and what every function calls, by the names of their endpoint services. What
 * is called in other accounts (Organizations, IAM and the like) is in other regions, or has no endpoint: functions need
 * a way out to it.
 */
const INTERFACES = ['sts', 'secretsmanager', 'sqs', 'states', 'events', 'lambda'] as const;

/** These cost nothing. S3 has the configuration, and takes what CloudFormation is answered. */
const GATEWAYS = ['dynamodb', 's3'] as const;

export interface VpcEndpointsProps {
  readonly network: Network;
  readonly platform: Pick<PlatformConfiguration, 'accessConfig'>;
}

/** Asked for by the operator alone: an interface endpoint costs by the hour, whether anything happens or not. */
export class VpcEndpoints extends Construct {
  constructor(scope: Construct, id: string, { network, platform }: VpcEndpointsProps) {
    super(scope, id);
    const { vpcId, subnetIds, securityGroupIds, routeTableIds } = network;
    const prefix = `${servicesIn(platform)}.${Aws.REGION}`;
    for (const service of INTERFACES) {
      new CfnVPCEndpoint(this, service, {
        vpcId,
        serviceName: `${prefix}.${service}`,
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds: [...subnetIds],
        securityGroupIds: [...securityGroupIds],
      });
    }
    for (const service of GATEWAYS) {
      new CfnVPCEndpoint(this, service, {
        vpcId,
        serviceName: `${prefix}.${service}`,
        vpcEndpointType: 'Gateway',
        routeTableIds: [...routeTableIds],
      });
    }
  }
}

function servicesIn(platform: VpcEndpointsProps['platform']): string {
  const partition = partitionIn(platform);
  if (partition?.endpointServices != null) return partition.endpointServices;
  throw new ConfigurationError(
    `The context vpcEndpoints is true, but names of endpoint services in ${partition?.title ?? 'this partition'} are not known here. Leave it out, and make endpoints for ${INTERFACES.join(', ')}, ${GATEWAYS.join(' and ')} yourself.`,
  );
}
