import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  RestApi,
  type RestApiProps,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import { type DeploymentRules, named, rulesOf } from '../deployment-rules';
import { addGatewayProblems, gatewayProblems } from '../gateway-problems';
import { acknowledge } from '../nag-acknowledgements';
import { API_STAGE_NAME } from '../names';
import { apiLogs } from './api-logs';
import { addApiMethods } from './api-methods';
import { apiPolicy } from './api-policy';

export interface VendingApiProps {
  /** Answers every call. */
  readonly handler: IFunction;
  readonly encryptionKey: IKey | undefined;
  readonly writesLogs: boolean;
}

/** The REST API. IAM decides who may call it; the one function behind it validates what callers send. */
export class VendingApi extends Construct {
  readonly restApi: RestApi;

  constructor(scope: Construct, id: string, { handler, encryptionKey, writesLogs }: VendingApiProps) {
    super(scope, id);
    this.restApi = new RestApi(this, 'RestApi', {
      restApiName: named(this, 'account-vending'),
      description: 'Brings AWS accounts to the desired state of their meshStack tenants',
      ...this.#reachedBy(rulesOf(this)),
      // The function gets the bytes of a body, not a text in which whatever is no UTF-8 was replaced without a word.
      // Answers are not touched by this: a proxy function says of each whether it is binary, and none of ours is.
      binaryMediaTypes: ['application/json'],
      // One role for the whole account and region lets API Gateway write logs; it outlives this stack, since other APIs
      // may use it too.
      cloudWatchRole: writesLogs,
      ...(writesLogs ? { cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN } : {}),
      deployOptions: {
        ...STAGE,
        ...(writesLogs ? apiLogs(this, { name: 'account-vending', caller: CALLER, encryptionKey }) : {}),
      },
      defaultMethodOptions: { authorizationType: AuthorizationType.IAM },
      // One permission for the API, not one for each method.
      defaultIntegration: new LambdaIntegration(handler, { scopePermissionToMethod: false }),
    });
    addApiMethods(this.restApi.root);
    addGatewayProblems(this.restApi, gatewayProblems);
    if (writesLogs && rulesOf(this).keepsAllLogs) this.#keepErrorLog(encryptionKey);
    acknowledge(
      this.restApi,
      'iamAuthorization',
      'functionValidates',
      'firewallIsTheOperatorsChoice',
      ...(writesLogs ? (['gatewayLogging'] as const) : (['noAccessLog', 'noErrorLog'] as const)),
    );
  }

  /** A private API needs no way to the Internet, and admits callers from its VPC endpoints alone. */
  #reachedBy(rules: DeploymentRules): Pick<RestApiProps, 'endpointConfiguration' | 'policy'> {
    const { apiVpcEndpointIds: ids } = rules;
    if (ids.length === 0) return { endpointConfiguration: { types: [EndpointType.REGIONAL] }, ...apiPolicy(rules) };
    const vpcEndpoints = ids.map((vpcEndpointId) =>
      InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(this, vpcEndpointId, { vpcEndpointId, port: 443 }),
    );
    return { endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints }, ...apiPolicy(rules) };
  }

  /** API Gateway would make it by itself, and keep it for ever. The stage writes to it, so it is there before. */
  #keepErrorLog(encryptionKey: IKey | undefined): void {
    const log = new LogGroup(this, 'ErrorLog', {
      logGroupName: `API-Gateway-Execution-Logs_${this.restApi.restApiId}/${API_STAGE_NAME}`,
      retention: rulesOf(this).logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
    });
    this.restApi.deploymentStage.node.addDependency(log);
  }
}

/** How both APIs are called. */
export const STAGE: StageOptions = {
  stageName: API_STAGE_NAME,
  throttlingRateLimit: 20,
  throttlingBurstLimit: 40,
  // Would write requests and answers, and with them people, into the log.
  dataTraceEnabled: false,
  tracingEnabled: true,
};

/** Who has signed the call. */
const CALLER = '$context.identity.userArn';
