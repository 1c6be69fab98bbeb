import { CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

import type { Configuration } from '../../functions/domain/configuration/configuration';
import { configurationHash } from '../../functions/domain/configuration/configuration-hash';
import { CONFIGURATIONS_PREFIX } from '../../functions/runtime/environment';
import type { Granted } from '../function-grants';
import { acknowledge, acknowledgeWildcards } from '../nag-acknowledgements';
import { STORING_FUNCTION } from '../names';
import { VendingFunction } from './vending-function';

export interface ConfigurationStoreProps {
  readonly configuration: Configuration;
  /** Absent: that of the configuration. */
  readonly hash?: string | undefined;
  /** That of the function that stores it has the configuration beside it. */
  readonly codeOf: (name: typeof STORING_FUNCTION) => Code;
  readonly encryptionKey: IKey | undefined;
}

/** Less than the hour that CloudFormation waits for an answer by itself. */
const PATIENCE = Duration.minutes(5);

/**
 * The configurations of all deployments, each under its hash. A function of the stack puts that of this deployment
 * there while the stack is deployed, before any function asks for it; nothing ever takes one away.
 */
export class ConfigurationStore extends Construct {
  /** Lets a function read the configuration of this deployment, and of those before. */
  readonly reading: Granted;
  readonly #bucket: Bucket;

  constructor(scope: Construct, id: string, props: ConfigurationStoreProps) {
    super(scope, id);
    const { configuration, hash = configurationHash(configuration), codeOf, encryptionKey } = props;
    this.#bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(encryptionKey === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }),
    });
    acknowledge(this.#bucket, 'configurationsAreReadByFunctions');
    const place = { CONFIGURATION_BUCKET: this.#bucket.bucketName };
    this.reading = { environment: { ...place, CONFIGURATION_HASH: hash }, statements: [this.#objects('s3:GetObject')] };
    const storing = new VendingFunction(this, STORING_FUNCTION, {
      row: { timeoutSeconds: 60, memoryMegabytes: 256 },
      granted: [{ environment: place, statements: [this.#objects('s3:PutObject')] }],
      code: codeOf(STORING_FUNCTION),
      encryptionKey,
    });
    this.#acknowledgeObjects(storing);
    const stored = new CustomResource(this, 'Stored', {
      resourceType: 'Custom::StoredConfiguration',
      serviceToken: storing.function.functionArn,
      serviceTimeout: PATIENCE,
      properties: { Hash: hash },
    });
    stored.node.addDependency(this.#bucket);
  }

  /** The function is made, or changed, after its configuration has been stored. */
  servedTo(reader: VendingFunction): void {
    reader.node.addDependency(this);
    this.#acknowledgeObjects(reader);
  }

  #objects(action: string): PolicyStatement {
    return new PolicyStatement({
      actions: [action],
      resources: [this.#bucket.arnForObjects(`${CONFIGURATIONS_PREFIX}*`)],
    });
  }

  #acknowledgeObjects(construct: Construct): void {
    const { defaultChild } = this.#bucket.node;
    if (!(defaultChild instanceof CfnBucket)) return;
    const id = Stack.of(this).getLogicalId(defaultChild);
    acknowledgeWildcards(construct, 'configurations', `<${id}.Arn>/${CONFIGURATIONS_PREFIX}*`);
  }
}
