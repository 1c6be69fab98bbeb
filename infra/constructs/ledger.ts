import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

import { INDEX_BY_FILTER, INDEX_BY_LABEL, INDEX_OF_ALL } from '../../functions/ports/ledger-store';

export interface LedgerProps {
  /** Encrypts the table; absent: a key of AWS. */
  readonly encryptionKey: IKey | undefined;
}

/** The only record of which account belongs to which tenant, so nothing here deletes it. */
export class Ledger extends Construct {
  readonly table: TableV2;
  readonly indexArns: readonly string[];

  constructor(scope: Construct, id: string, { encryptionKey }: LedgerProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: text('partition'),
      sortKey: text('sort'),
      // Items with personal data carry the time at which they are no longer needed.
      timeToLiveAttribute: 'expiresAt',
      // DynamoDB adds one index in an update: the next one waits for the next release.
      globalSecondaryIndexes: [
        newestFirst(INDEX_BY_LABEL, 'label'),
        newestFirst(INDEX_OF_ALL, 'everyLabel'),
        BY_FILTER,
      ],
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(encryptionKey === undefined ? {} : { encryption: TableEncryptionV2.customerManagedKey(encryptionKey) }),
    });
    this.indexArns = [INDEX_BY_LABEL, INDEX_OF_ALL, INDEX_BY_FILTER].map(
      (index) => `${this.table.tableArn}/index/${index}`,
    );
  }
}

const text = (name: string): { readonly name: string; readonly type: AttributeType } => ({
  name,
  type: AttributeType.STRING,
});

const newestFirst = (indexName: string, attribute: string): GlobalSecondaryIndexPropsV2 => ({
  indexName,
  partitionKey: text(attribute),
  sortKey: text('listedAt'),
});

/** Its keys say where an item is, so they are all that it holds. */
const BY_FILTER: GlobalSecondaryIndexPropsV2 = {
  indexName: INDEX_BY_FILTER,
  partitionKey: text('filter'),
  sortKey: text('filteredAt'),
  projectionType: ProjectionType.KEYS_ONLY,
};
