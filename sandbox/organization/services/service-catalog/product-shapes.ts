import type { AccountFactory, ProductRecord, ProvisionedProduct } from './account-factory-state';

/** What the Account Factory's products really have, though no list in the documentation names it. */
const TYPE = 'CONTROL_TOWER_ACCOUNT';

export function recordShape({ seed }: AccountFactory, record: ProductRecord): object {
  const errors = record.error === null ? [] : [{ Code: record.error.code, Description: record.error.description }];
  return {
    RecordId: record.id,
    ProvisionedProductName: record.provisionedProductName,
    Status: record.status,
    CreatedTime: new Date(record.createdAt),
    UpdatedTime: new Date(record.updatedAt),
    ProvisionedProductType: TYPE,
    RecordType: record.type,
    ProvisionedProductId: record.provisionedProductId,
    ProductId: seed.productId,
    ProvisioningArtifactId: record.artifactId,
    PathId: record.pathId,
    RecordErrors: errors,
    RecordTags: [],
  };
}

export function detailShape({ seed }: AccountFactory, product: ProvisionedProduct): object {
  return {
    Name: product.name,
    Arn: product.arn,
    Type: TYPE,
    Id: product.id,
    Status: product.status,
    StatusMessage: product.statusMessage,
    CreatedTime: new Date(product.createdAt),
    IdempotencyToken: product.idempotencyToken,
    LastRecordId: product.lastRecordId,
    LastProvisioningRecordId: product.lastProvisioningRecordId,
    LastSuccessfulProvisioningRecordId: product.lastSuccessfulProvisioningRecordId,
    ProductId: seed.productId,
    ProvisioningArtifactId: product.artifactId,
  };
}

/** As SearchProvisionedProducts shows it; for the Account Factory, `PhysicalId` is the account id. */
export function attributeShape(factory: AccountFactory, product: ProvisionedProduct): object {
  const { productName, artifacts } = factory.seed;
  const [ProvisioningArtifactName] = artifacts.filter(({ id }) => id === product.artifactId).map(({ name }) => name);
  return {
    ...detailShape(factory, product),
    Tags: [],
    PhysicalId: product.physicalId,
    ProductName: productName,
    ProvisioningArtifactName,
    UserArn: product.roleArn,
    UserArnSession: product.sessionArn,
  };
}
