import { Arn, ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import {
  AuthorizationType,
  CognitoUserPoolsAuthorizer,
  EndpointType,
  LambdaIntegration,
  ResponseType,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnPermission, Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

import type { ConsoleSettings } from '../console-settings';
import { functionArn, named } from '../deployment-rules';
import { addGatewayProblems, type GatewayProblem, gatewayProblems } from '../gateway-problems';
import { acknowledge } from '../nag-acknowledgements';
import { apiLogs } from './api-logs';
import { addApiMethods } from './api-methods';
import { STAGE } from './vending-api';

export interface ConsoleApiProps extends Pick<ConsoleSettings, 'viewerGroup' | 'operatorGroup'> {
  readonly userPool: IUserPool;
  readonly encryptionKey: IKey | undefined;
  readonly writesLogs: boolean;
}

/** The first part of every path. */
export const CONSOLE_PATH = 'console';

/**
 * The same methods as those of machines, for people: with the token of a sign-in in the place of a signature, before
 * the same function. It is an API of its own, so that VendingStack is the same with and without a console, and a policy
 * that names callers of the other one need not let in everybody.
 */
export class ConsoleApi extends Construct {
  readonly restApi: RestApi;

  constructor(scope: Construct, id: string, props: ConsoleApiProps) {
    super(scope, id);
    const { userPool, viewerGroup, operatorGroup, encryptionKey, writesLogs } = props;
    const arn = functionArn(this, 'Api');
    const handler = Function.fromFunctionAttributes(this, 'Function', { functionArn: arn, skipPermissions: true });
    const authorizer = new CognitoUserPoolsAuthorizer(this, 'SignedIn', { cognitoUserPools: [userPool] });
    this.restApi = new RestApi(this, 'RestApi', {
      restApiName: named(this, 'account-vending-console'),
      description: 'What people at the console ask of account vending',
      endpointConfiguration: { types: [EndpointType.REGIONAL] },
      binaryMediaTypes: ['application/json'],
      // VendingStack has the role for logs of the whole account and region.
      cloudWatchRole: false,
      // The function judges by them: it has no other way to know which groups count.
      deployOptions: {
        ...STAGE,
        variables: { viewerGroup, operatorGroup },
        ...(writesLogs ? apiLogs(this, { name: 'account-vending-console', caller: CALLER, encryptionKey }) : {}),
      },
      defaultMethodOptions: { authorizationType: AuthorizationType.COGNITO, authorizer },
      defaultIntegration: new LambdaIntegration(handler, { scopePermissionToMethod: false }),
    });
    addApiMethods(this.restApi.root.addResource(CONSOLE_PATH));
    addGatewayProblems(this.restApi, [SIGNED_OUT, ...gatewayProblems]);
    this.#mayCall(arn);
    acknowledge(
      this.restApi,
      'functionValidates',
      'firewallIsTheOperatorsChoice',
      ...(writesLogs ? [] : (['noAccessLog', 'noErrorLog'] as const)),
    );
  }

  /** The CDK would let every path of the API in. */
  #mayCall(functionName: string): void {
    new CfnPermission(this, 'MayCall', {
      action: 'lambda:InvokeFunction',
      functionName,
      principal: 'apigateway.amazonaws.com',
      sourceArn: Arn.format(
        {
          partition: Aws.PARTITION,
          service: 'execute-api',
          resource: this.restApi.restApiId,
          resourceName: `*/*/${CONSOLE_PATH}/*`,
          arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
        },
        Stack.of(this),
      ),
    });
  }
}

/** Who has signed in. */
const CALLER = '$context.authorizer.claims.email';

const SIGNED_OUT: GatewayProblem = {
  response: ResponseType.UNAUTHORIZED,
  status: 401,
  name: 'signed-out',
  title: 'Not signed in',
  detail: 'Sign in to the console, and send the request again.',
};
