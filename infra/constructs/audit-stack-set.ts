import { Aws, CfnParameter, CfnStackSet, RemovalPolicy } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

import { AUDIT_TRAIL_NAME, auditTemplate } from '../audit-template';
import { named } from '../deployment-rules';
import { acknowledge } from '../nag-acknowledgements';
import { AUDIT_STACK_SET_NAME } from '../names';

export interface AuditStackSetProps {
  readonly administrationRole: IRole;
  /** The role that StackSets assume in members. */
  readonly executionRoleName: string;
}

/**
 * A stack set that gives an account a CloudTrail trail, and the bucket that all of them write to. Landing zones roll it
 * out like any other stack set, by its name. Brings the parameter `OrganizationId`: only trails of this organization
 * may write.
 */
export class AuditStackSet extends Construct {
  readonly stackSet: CfnStackSet;
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { administrationRole, executionRoleName }: AuditStackSetProps) {
    super(scope, id);
    this.bucket = this.#bucket();
    this.stackSet = new CfnStackSet(this, 'StackSet', {
      stackSetName: named(this, AUDIT_STACK_SET_NAME),
      description: 'Records every act in an account, those of the access role among them',
      permissionModel: 'SELF_MANAGED',
      administrationRoleArn: administrationRole.roleArn,
      executionRoleName,
      // Several accounts are vended at once.
      managedExecution: { Active: true },
      templateBody: auditTemplate(this.bucket.bucketName, named(this, AUDIT_TRAIL_NAME)),
    });
    this.stackSet.node.addDependency(administrationRole);
  }

  /** Survives its stack: what was recorded is evidence. How long it is kept is for the operator to say. */
  #bucket(): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(bucket, 'auditBucketIsTheLog');
    const conditions = this.#fromTrailsOfTheOrganization();
    const principals = [new ServicePrincipal('cloudtrail.amazonaws.com')];
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'TrailsLookAtTheBucket',
        principals,
        actions: ['s3:GetBucketAcl'],
        resources: [bucket.bucketArn],
        conditions,
      }),
    );
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'TrailsWrite',
        principals,
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects('AWSLogs/*')],
        conditions: {
          ...conditions,
          StringEquals: { ...conditions.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      }),
    );
    return bucket;
  }

  /** CloudTrail writes in its own name: without these anybody's trail could write here. */
  #fromTrailsOfTheOrganization(): {
    readonly StringEquals: Readonly<Record<string, string>>;
    readonly ArnLike: Readonly<Record<string, string>>;
  } {
    const organizationId = new CfnParameter(this, 'OrganizationId', {
      description: 'The id of the organization (aws organizations describe-organization).',
      allowedPattern: 'o-[a-z0-9]{10,32}',
      constraintDescription: 'must be the id of an organization such as o-exampleorg1.',
    });
    organizationId.overrideLogicalId('OrganizationId');
    return {
      StringEquals: { 'aws:SourceOrgID': organizationId.valueAsString },
      ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:cloudtrail:*:*:trail/${named(this, AUDIT_TRAIL_NAME)}` },
    };
  }
}
