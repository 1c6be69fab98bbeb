import { Arn, ArnFormat, Aws, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';

import { ConfigurationError } from '../functions/domain/base/errors';
import type { StepDurations } from '../functions/domain/run/measurement';
import { checkedText, contextFlag, contextList, type Rule } from './context-values';
import { type BundleName, physicalName } from './names';

/** The subnets in which functions run. */
export interface Network {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** Whether the stack makes VPC endpoints for the services that the application itself is made of. */
  readonly makesEndpoints: boolean;
  /** The route tables for the gateway endpoint of DynamoDB, if the stack makes endpoints. */
  readonly routeTableIds: readonly string[];
}

/**
 * What a strict organization asks of everything that is deployed in it, each a value of the CDK's context
 * (docs/deployment.md). Where nothing is set, all is as it is without.
 */
export interface DeploymentRules {
  /** Before every fixed name; empty: none. */
  readonly namePrefix: string;
  /** The path of roles, users and policies whose path is not configured otherwise. */
  readonly iamPath: string;
  /** The name of a policy, with its path, or the ARN of one of AWS. */
  readonly permissionsBoundary: string | undefined;
  /** The same for the roles that functions make in member accounts. */
  readonly memberPermissionsBoundary: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly network: Network | undefined;
  /** The only VPC endpoints that can reach the API; empty: no restriction. */
  readonly apiVpcEndpointIds: readonly string[];
  /**
   * The only callers of the API: accounts, organizations, and ARNs of roles or users; empty: every principal that IAM
   * allows.
   */
  readonly apiCallers: readonly string[];
  /** Whether the durations of steps are one metric, or one for each state. */
  readonly stepDurations: StepDurations;
  readonly logRetention: RetentionDays;
  /** Whether that was asked for: then the log that API Gateway makes by itself is ours as well. */
  readonly keepsAllLogs: boolean;
}

const known = new WeakMap<IConstruct, DeploymentRules>();

/**
 * The rules of the app that a construct is in.
 *
 * @throws ConfigurationError that names key, value and remedy
 */
export function rulesOf(scope: IConstruct): DeploymentRules {
  const app = scope.node.root;
  const rules = known.get(app) ?? readRules(app);
  known.set(app, rules);
  return rules;
}

/** A fixed name as the app gives it. */
export const named = (scope: IConstruct, name: string): string => `${rulesOf(scope).namePrefix}${name}`;

/** A role, user or policy of that name, as it stands in an ARN. */
export const inIam = (scope: IConstruct, name: string): string =>
  `${rulesOf(scope).iamPath.slice(1)}${named(scope, name)}`;

/** Built from the fixed name, so that a resource which names a function can be made before the function. */
export const functionArn = (scope: IConstruct, name: BundleName): string =>
  Arn.format(
    {
      partition: Aws.PARTITION,
      region: Aws.REGION,
      service: 'lambda',
      resource: 'function',
      resourceName: named(scope, physicalName(name)),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    },
    Stack.of(scope),
  );

function readRules(app: IConstruct): DeploymentRules {
  const permissionsBoundary = checkedText(app, 'permissionsBoundary', BOUNDARY);
  checkedText(app, QUALIFIER_KEY, QUALIFIER);
  const days = checkedText(app, 'logRetentionDays', RETENTION);
  return {
    namePrefix: checkedText(app, 'namePrefix', PREFIX) ?? '',
    iamPath: checkedText(app, 'iamPath', PATH) ?? '/',
    permissionsBoundary,
    memberPermissionsBoundary: checkedText(app, 'memberPermissionsBoundary', BOUNDARY) ?? permissionsBoundary,
    tags: tagsIn(app),
    network: networkIn(app),
    apiVpcEndpointIds: contextList(app, 'apiVpcEndpointIds', idOf('vpce', 'VPC endpoint')),
    apiCallers: contextList(app, 'apiCallers', PRINCIPAL),
    stepDurations: checkedText(app, 'stepDurations', BY_STATE) === undefined ? 'together' : 'byState',
    logRetention: retentionOf(days),
    keepsAllLogs: days !== undefined,
  };
}

/** What the CDK calls "infinite" is none: logs for ever are asked for by nobody. */
const RETENTIONS: ReadonlyMap<string, RetentionDays> = new Map(
  Object.values(RetentionDays).flatMap((value) =>
    typeof value === 'string' || value === RetentionDays.INFINITE ? [] : [[String(value), value] as const],
  ),
);

/** Absent: as long as Step Functions keeps the history of an execution, which its logs explain. */
const retentionOf = (days: string | undefined): RetentionDays =>
  RETENTIONS.get(days ?? '') ?? RetentionDays.THREE_MONTHS;

const DAYS = [...RETENTIONS.keys()];

const RETENTION: Rule = {
  pattern: new RegExp(`^(?:${DAYS.join('|')})$`, 'u'),
  isNot: 'not a number of days that CloudWatch Logs knows',
  remedy: `Give one of ${DAYS.join(', ')}.`,
};

/** Every name has to fit into its service, and eleven of them into the trust of a role: IAM takes 2,048 characters. */
const PREFIX: Rule = {
  pattern: /^[A-Za-z][\dA-Za-z-]{0,19}$/u,
  isNot: 'no prefix of names',
  remedy: 'Give up to 20 letters, digits and hyphens that begin with a letter, for example corp-.',
};

const PATH: Rule = {
  pattern: /^(?=.{1,40}$)\/(?:[\w+=,.@-]+\/)*$/u,
  isNot: 'no path of IAM',
  remedy: 'Give up to 40 characters that begin and end with a slash, for example /platform/.',
};

const BOUNDARY: Rule = {
  pattern: /^(?:arn:[\w-]+:iam::aws:policy\/[\w+=,.@/-]+|(?!\/)(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,128})$/u,
  isNot: 'neither the name of a policy nor the ARN of a policy of AWS',
  remedy:
    'Give the name of a managed policy that each account has, with its path and without a slash before it (boundaries/Vending), or the ARN of one of AWS (arn:<partition>:iam::aws:policy/PowerUserAccess).',
};

/** The CDK's own key, which its command reads as well. */
const QUALIFIER_KEY = '@aws-cdk/core:bootstrapQualifier';

const QUALIFIER: Rule = {
  pattern: /^[\dA-Za-z]{1,10}$/u,
  isNot: 'no qualifier of a bootstrap of the CDK',
  remedy: `Give up to 10 letters and digits, and the same to cdk bootstrap --qualifier; without, it is ${DefaultStackSynthesizer.DEFAULT_QUALIFIER}.`,
};

const idOf = (kind: string, what: string): Rule => ({
  pattern: new RegExp(`^${kind}-[0-9a-f]{8,17}$`, 'u'),
  isNot: `no id of a ${what}`,
  remedy: `Give ids as ${kind}-0123456789abcdef0, with commas between them.`,
});

/** No wildcards, so that every principal is named explicitly. */
const PRINCIPAL: Rule = {
  pattern: /^(?:\d{12}|o-[a-z0-9]{10,32}|arn:[\w-]+:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+)$/u,
  isNot: 'no account, no organization, and no role or user',
  remedy:
    'Give account ids of 12 digits, the id of an organization (o-…), or ARNs as arn:<partition>:iam::<account>:role/<name>, with commas between them.',
};

const BY_STATE: Rule = {
  pattern: /^byState$/u,
  isNot: 'no way to keep durations of steps',
  remedy: 'Give byState to have a metric for each state, or leave it out to have one for all.',
};

/** "Tag naming limits and requirements" in the AWS General Reference; `aws:` is AWS's own. */
const TAG: Rule = {
  pattern: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/+@-]{1,128}=[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/iu,
  isNot: 'no tag that AWS takes',
  remedy: 'Give tags as key=value with commas between them, or as an object in cdk.json; no key may begin with aws:.',
};

function tagsIn(app: IConstruct): Readonly<Record<string, string>> {
  const value: unknown = app.node.tryGetContext('tags');
  const given =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).map(([key, one]) => `${key}=${String(one)}`)
      : undefined;
  const texts = given ?? contextList(app, 'tags', TAG);
  const wrong = texts.find((text) => !TAG.pattern.test(text));
  if (wrong !== undefined)
    throw new ConfigurationError(`The context tags has "${wrong}", which is ${TAG.isNot}. ${TAG.remedy}`);
  return Object.fromEntries(texts.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]));
}

function networkIn(app: IConstruct): Network | undefined {
  const vpcId = checkedText(app, 'vpcId', idOf('vpc', 'VPC'));
  const subnetIds = contextList(app, 'subnetIds', idOf('subnet', 'subnet'));
  const securityGroupIds = contextList(app, 'securityGroupIds', idOf('sg', 'security group'));
  const routeTableIds = contextList(app, 'routeTableIds', idOf('rtb', 'route table'));
  const makesEndpoints = contextFlag(app, 'vpcEndpoints');
  if (vpcId === undefined && subnetIds.length + securityGroupIds.length + routeTableIds.length === 0 && !makesEndpoints)
    return undefined;
  const missing = [
    ...(vpcId === undefined ? ['vpcId'] : []),
    ...(subnetIds.length === 0 ? ['subnetIds'] : []),
    ...(securityGroupIds.length === 0 ? ['securityGroupIds'] : []),
    ...(makesEndpoints && routeTableIds.length === 0 ? ['routeTableIds'] : []),
  ];
  if (vpcId === undefined || missing.length > 0) {
    throw new ConfigurationError(
      `The context puts functions into subnets and lacks ${missing.join(', ')}. Give vpcId, subnetIds and securityGroupIds, and routeTableIds with vpcEndpoints=true; or leave all of them out.`,
    );
  }
  return { vpcId, subnetIds, securityGroupIds, makesEndpoints, routeTableIds };
}
