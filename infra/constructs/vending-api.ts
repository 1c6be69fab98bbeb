import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  type Resource,
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
import { gatewayProblems, problemTemplate } from '../gateway-problems';
import { acknowledge } from '../nag-acknowledgements';
import { API_STAGE_NAME, physicalName } from '../names';
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
      deployOptions: { ...STAGE, ...(writesLogs ? this.#logs(encryptionKey) : {}) },
      defaultMethodOptions: { authorizationType: AuthorizationType.IAM },
      // One permission for the API, not one for each method.
      defaultIntegration: new LambdaIntegration(handler, { scopePermissionToMethod: false }),
    });
    this.#addMethods();
    this.#addGatewayProblems();
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

  #addMethods(): void {
    const vendings = this.restApi.root.addResource('vendings');
    vendings.addMethod('GET');
    vendings.addMethod('POST');
    const vending = vendings.addResource('{tenantUuid}');
    vending.addMethod('GET');
    this.#addHistories(vending);
    vending.addResource('replay').addMethod('POST');
    vending.addResource('stop').addMethod('POST');
    vending.addResource('approval').addMethod('POST');
    this.#addOverviews();
    const preflight = this.restApi.root.addResource('preflight');
    preflight.addMethod('POST');
    preflight.addResource('{id}').addMethod('GET');
    const adoptions = this.restApi.root.addResource('adoptions');
    adoptions.addMethod('POST');
    adoptions.addResource('{id}').addMethod('GET');
    this.#addRollouts();
    this.restApi.root.addResource('usage-reports').addResource('{month}').addMethod('GET');
    const tenant = this.restApi.root.addResource('tenants').addResource('{tenantUuid}');
    tenant.addResource('usage-reports').addResource('{month}').addMethod('GET');
    this.restApi.root.addResource('shadow-report').addMethod('GET');
    const landingZones = this.restApi.root.addResource('landing-zones');
    landingZones.addMethod('GET');
    landingZones.addResource('{landingZone}').addResource('mode').addMethod('POST');
    this.restApi.root.addResource('drift-reports').addResource('{pass}').addMethod('GET');
  }

  #addRollouts(): void {
    const rollouts = this.restApi.root.addResource('rollouts');
    rollouts.addMethod('GET');
    rollouts.addMethod('POST');
    const rollout = rollouts.addResource('{id}');
    rollout.addMethod('GET');
    rollout.addResource('tenants').addMethod('GET');
    for (const action of ['start', 'pause', 'resume', 'retry', 'abort']) rollout.addResource(action).addMethod('POST');
  }

  /** What there was of one tenant. */
  #addHistories(vending: Resource): void {
    for (const [list, one] of [
      ['runs', '{run}'],
      ['desired-states', '{sequence}'],
    ] as const) {
      const resource = vending.addResource(list);
      resource.addMethod('GET');
      resource.addResource(one).addMethod('GET');
    }
  }

  /** What concerns more than one tenant. */
  #addOverviews(): void {
    const { root } = this.restApi;
    root.addResource('replays').addMethod('POST');
    root.addResource('reindex').addMethod('POST');
    root.addResource('summary').addMethod('GET');
    root.addResource('configuration').addMethod('GET');
    const lanes = root.addResource('lanes');
    lanes.addMethod('GET');
    lanes.addResource('{lane}').addResource('waiters').addMethod('GET');
    const deadLetters = root.addResource('dead-letters');
    deadLetters.addMethod('GET');
    const deadLetter = deadLetters.addResource('{queue}').addResource('{id}');
    deadLetter.addMethod('GET');
    deadLetter.addMethod('DELETE');
    deadLetter.addResource('replay').addMethod('POST');
  }

  #addGatewayProblems(): void {
    for (const problem of gatewayProblems) {
      this.restApi.addGatewayResponse(problem.response.responseType, {
        type: problem.response,
        statusCode: String(problem.status),
        // Spelt so and no other way: any other spelling adds a second header instead of replacing the default.
        responseHeaders: { 'Content-Type': "'application/problem+json'" },
        templates: { 'application/json': problemTemplate(problem).replaceAll(FUNCTION, named(this, FUNCTION)) },
      });
    }
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

  #logs(encryptionKey: IKey | undefined): StageOptions {
    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/apigateway/${named(this, 'account-vending')}`,
      retention: rulesOf(this).logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
    });
    return {
      accessLogDestination: new LogGroupLogDestination(accessLog),
      accessLogFormat: AccessLogFormat.custom(ACCESS_LOG),
      loggingLevel: MethodLoggingLevel.ERROR,
    };
  }
}

/** The function behind, which problems name. */
const FUNCTION = physicalName('Api');

const STAGE: StageOptions = {
  stageName: API_STAGE_NAME,
  throttlingRateLimit: 20,
  throttlingBurstLimit: 40,
  // Would write requests and answers, and with them people, into the log.
  dataTraceEnabled: false,
  tracingEnabled: true,
};

/** A JSON string already, quotes included. */
const ERROR = '$context.error.messageString';

/** Records the caller, the request and the status; no bodies. */
const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  caller: '$context.identity.userArn',
  httpMethod: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  responseLength: '$context.responseLength',
  error: ERROR,
  integrationError: '$context.integration.error',
}).replace(`"${ERROR}"`, ERROR);
