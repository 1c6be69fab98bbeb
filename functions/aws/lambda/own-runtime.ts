import { connect } from 'node:net';

import { IAMClient } from '@aws-sdk/client-iam';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

import type { Configuration } from '../../domain/configuration/configuration';
import { identityCenterOf } from '../../domain/configuration/configured-identity-center';
import type { LandingZone } from '../../domain/configuration/landing-zone';
import { partitionIn } from '../../domain/configuration/platform-place-faults';
import type { CalledHost, OwnRuntime } from '../../ports/own-account';
import { calling } from '../base/aws-error';
import { type AwsSettings, clientSettings } from '../base/aws-settings';
import { hostOf } from '../base/signed-client';

/** Asks Lambda and STS, by the function's own credentials. */
export function lambdaOwnRuntime(settings: AwsSettings, functionName: string): OwnRuntime {
  const lambda = new LambdaClient(clientSettings(settings, functionName));
  const sts = new STSClient(clientSettings(settings, functionName));
  return {
    region: () => lambda.config.region(),
    roleArn: () =>
      calling('ask STS for the role of this function', async () => {
        const { Arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
        return Arn.replace(/^(arn:[\w-]+:)sts(:.*:)assumed-role\/([^/]+).*$/u, '$1iam$2role/$3');
      }),
    concurrency: () =>
      calling('ask Lambda how many functions it runs at once', async () => {
        const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
        const { ConcurrentExecutions, UnreservedConcurrentExecutions } = AccountLimit ?? {};
        if (ConcurrentExecutions === undefined) throw new Error('Lambda does not say how many functions it runs.');
        const unreserved = UnreservedConcurrentExecutions ?? ConcurrentExecutions;
        return { unreserved, reserved: ConcurrentExecutions - unreserved };
      }),
  };
}

/** What functions in subnets need a way to, with this configuration: the same hosts as in docs/deployment.md. */
export function calledHosts({ platform, landingZones }: Configuration): readonly CalledHost[] {
  const global = partitionIn(platform)?.globalRegion ?? platform.region;
  const zones = Object.values(landingZones);
  const homes = zones.flatMap(({ stackSets }) => stackSets.map(({ homeRegion = platform.region }) => homeRegion));
  const lambdas = zones.flatMap(({ awsLambdaArn }) => awsLambdaArn?.split(':')[3] ?? []);
  const { region: enrolling } = platform.enrollmentConfiguration ?? {};
  const { region: center = platform.region } = identityCenterOf(platform)?.block ?? {};
  const hosts = [
    called('accounts, units and tags', hostOf('organizations', global)),
    called('roles in member accounts', iamHost(global)),
    called('the number of accounts that may be made', hostOf('servicequotas', global)),
    ...homes.map((region) => called('stack sets', hostOf('cloudformation', region))),
    ...lambdas.map((region) => called('functions of landing zones', hostOf('lambda', region))),
    ...zones.flatMap(buildsOf).map(() => called('customizations', hostOf('codebuild', platform.region))),
    ...(identityCenterOf(platform) === undefined
      ? []
      : ['sso', 'identitystore'].map((service) => called('access of people', hostOf(service, center)))),
    ...(enrolling === undefined
      ? []
      : ['servicecatalog', 'controltower', 'config'].map((service) =>
          called('enrollment', hostOf(service, enrolling)),
        )),
    ...(platform.metering === undefined ? [] : [called('costs', hostOf('ce', global))]),
    ...(platform.awsSso === undefined
      ? []
      : [called('groups by SCIM', new URL(platform.awsSso.scimEndpoint).hostname)]),
    ...(platform.meshStack === undefined ? [] : [called('meshStack', new URL(platform.meshStack.endpoint).hostname)]),
  ];
  return [...new Map(hosts.map((one) => [one.host, one])).values()];
}

const buildsOf = ({ customizations = [] }: LandingZone): readonly unknown[] => customizations;

const called = (purpose: string, host: string): CalledHost => ({ host, purpose });

const iamHost = (region: string): string =>
  new IAMClient({ region }).config.endpointProvider({ Region: region }).url.hostname;

const PATIENCE_MILLISECONDS = 3000;

/** Whether a connection can be opened; nothing is sent over it. */
export const isReached = (host: string, port = 443): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE_MILLISECONDS });
    const end = (reached: boolean) => () => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', end(true)).once('timeout', end(false)).once('error', end(false));
  });
