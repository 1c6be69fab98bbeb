import { Aws, CfnElement, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

import type { Configuration } from '../../functions/domain/configuration/configuration';
import {
  buildRoleNameOf,
  type ConfiguredCustomization,
  customizationsIn,
  projectNameOf,
} from '../../functions/domain/customizations/planned-customizations';
import { acknowledge, acknowledgeWildcards } from '../nag-acknowledgements';
import { isPrivateImage, readStatements } from '../policies/build-role';
import { memberRoleArn } from '../policies/member-role-arn';
import { ServiceRole } from './service-role';

export interface CustomizationProjectsProps {
  readonly configuration: Configuration;
}

/**
 * One project of CodeBuild for each customization, with a role that can assume the customization's own role in accounts
 * and no other, and the bucket in which all of them keep their state, account by account. What is run stands in the
 * plan of each run, and overrides what stands here: so a run carries out the configuration that it was planned with.
 */
export class CustomizationProjects extends Construct {
  readonly #state: Bucket;

  constructor(scope: Construct, id: string, { configuration }: CustomizationProjectsProps) {
    super(scope, id);
    this.#state = this.#stateBucket();
    const all = customizationsIn(configuration);
    for (const name of new Set(all.map(nameOf))) {
      const [first, ...others] = all.filter((one) => nameOf(one) === name);
      if (first !== undefined) this.#project(first, [first, ...others]);
    }
    new CfnOutput(this, 'StateBucketName', { value: this.#state.bucketName });
  }

  /** Survives its stack: without their state, nobody knows what was made in accounts. */
  #stateBucket(): Bucket {
    const bucket = new Bucket(this, 'State', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(bucket, 'stateIsReadByBuilds');
    return bucket;
  }

  /** @param contents of the deployed configuration and, until its rollout has ended, of the released one */
  #project(configured: ConfiguredCustomization, contents: readonly ConfiguredCustomization[]): void {
    const { landingZone, customization } = configured;
    const { name, image, source, timeLimitMinutes } = customization;
    const projectName = nameOf(configured);
    const scope = new Construct(this, projectName);
    const logs = new LogGroup(scope, 'Logs', {
      logGroupName: `/aws/codebuild/${projectName}`,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = this.#role(scope, configured, contents, logs);
    const project = new CfnProject(scope, 'Project', {
      name: projectName,
      description: `The customization ${name} of the landing zone ${landingZone}`,
      serviceRole: role.roleArn,
      artifacts: { type: 'NO_ARTIFACTS' },
      source: {
        type: source.type.toUpperCase(),
        location: source.location,
        ...(source.type === 's3' ? {} : { auth: { type: 'CODECONNECTIONS', resource: source.connectionArn } }),
      },
      environment: {
        type: image.includes('aarch64') ? 'ARM_CONTAINER' : 'LINUX_CONTAINER',
        computeType: 'BUILD_GENERAL1_SMALL',
        image,
        imagePullCredentialsType: isPrivateImage(image) ? 'SERVICE_ROLE' : 'CODEBUILD',
        environmentVariables: [
          { name: 'VENDING_STATE_BUCKET', value: this.#state.bucketName },
          { name: 'VENDING_STATE_REGION', value: Aws.REGION },
        ],
      },
      timeoutInMinutes: timeLimitMinutes,
      logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: logs.logGroupName } },
    });
    acknowledge(project, 'projectKeyOfAws', 'imageOfTheOperator');
  }

  #role(
    scope: Construct,
    { landingZone, customization: { name } }: ConfiguredCustomization,
    contents: readonly ConfiguredCustomization[],
    logs: LogGroup,
  ): ServiceRole {
    const projectName = projectNameOf({ landingZone, name });
    const customizations = contents.map(({ customization }) => customization);
    const members = [...new Set(customizations.map(({ role: { name } }) => memberRoleArn(name)))];
    const states = this.#state.arnForObjects(`${projectName}/*`);
    const role = new ServiceRole(scope, 'Role', {
      roleName: buildRoleNameOf({ landingZone, name }),
      path: '/',
      description: `Builds of the customization ${name}: the way into its role in each account`,
      trusted: new ServicePrincipal('codebuild.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      statements: [
        new PolicyStatement({
          sid: 'EnterAccounts',
          actions: ['sts:AssumeRole'],
          resources: members,
        }),
        new PolicyStatement({
          sid: 'KeepState',
          // The last one lets a lock go.
          actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
          resources: [states],
        }),
        new PolicyStatement({ sid: 'FindState', actions: ['s3:ListBucket'], resources: [this.#state.bucketArn] }),
        new PolicyStatement({
          sid: 'WriteLogs',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logs.logGroupArn],
        }),
        ...readStatements(customizations),
      ],
    });
    acknowledgeWildcards(role, 'accountsToBe', ...members);
    this.#acknowledgeGenerated(role, logs, `${projectName}/*`);
    if (customizations.some(({ image }) => isPrivateImage(image))) acknowledge(role, 'imagesAreRegistryWide');
    return role;
  }

  #acknowledgeGenerated(role: ServiceRole, logs: LogGroup, objects: string): void {
    acknowledgeWildcards(role, 'stateOfAccounts', `<${idOf(this.#state)}.Arn>/${objects}`);
    acknowledgeWildcards(role, 'buildLogs', `<${idOf(logs)}.Arn>:*`);
  }
}

const nameOf = ({ landingZone, customization: { name } }: ConfiguredCustomization): string =>
  projectNameOf({ landingZone, name });

const idOf = (construct: Construct): string => {
  const { defaultChild } = construct.node;
  return defaultChild instanceof CfnElement ? Stack.of(construct).getLogicalId(defaultChild) : '';
};
