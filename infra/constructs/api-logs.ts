import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  LogGroupLogDestination,
  MethodLoggingLevel,
  type StageOptions,
} from 'aws-cdk-lib/aws-apigateway';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

import { named, rulesOf } from '../deployment-rules';

export interface ApiLogsProps {
  /** Ends the name of the log. */
  readonly name: string;
  /** What tells who calls, a variable of API Gateway. */
  readonly caller: string;
  readonly encryptionKey: IKey | undefined;
}

/** The log of all calls of an API, and of what fails in it. */
export function apiLogs(scope: Construct, { name, caller, encryptionKey }: ApiLogsProps): StageOptions {
  const accessLog = new LogGroup(scope, 'AccessLog', {
    logGroupName: `/aws/vendedlogs/apigateway/${named(scope, name)}`,
    retention: rulesOf(scope).logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
    ...(encryptionKey === undefined ? {} : { encryptionKey }),
  });
  return {
    accessLogDestination: new LogGroupLogDestination(accessLog),
    accessLogFormat: AccessLogFormat.custom(accessLogOf(caller)),
    loggingLevel: MethodLoggingLevel.ERROR,
  };
}

/** A JSON string already, quotes included. */
const ERROR = '$context.error.messageString';

/** Records the caller, the request and the status; no bodies. */
const accessLogOf = (caller: string): string =>
  JSON.stringify({
    requestId: '$context.requestId',
    requestTime: '$context.requestTime',
    caller,
    httpMethod: '$context.httpMethod',
    path: '$context.path',
    status: '$context.status',
    responseLength: '$context.responseLength',
    error: ERROR,
    integrationError: '$context.integration.error',
  }).replace(`"${ERROR}"`, ERROR);
