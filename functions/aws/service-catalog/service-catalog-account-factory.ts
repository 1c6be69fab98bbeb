import {
  DescribeRecordCommand,
  ListProvisioningArtifactsCommand,
  paginateListLaunchPaths,
  paginateSearchProvisionedProducts,
  ProvisionProductCommand,
  type ProvisionedProductAttribute,
  type ProvisioningArtifactDetail,
  type RecordDetail,
  ServiceCatalogClient,
  TerminateProvisionedProductCommand,
  UpdateProvisionedProductCommand,
} from '@aws-sdk/client-service-catalog';

import { RejectedError, TransientError } from '../../domain/base/errors';
import { chosenProduct } from '../../domain/enrollment/provisioned-products';
import type {
  AccountFactory,
  AccountFactoryProduct,
  EnrollmentRequest,
  OperationRecord,
  ProvisionedProduct,
  StartedOperation,
} from '../../ports/account-factory';
import { managementCredentials } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent, isBusy, isBusyMessage } from '../base/aws-error';
import { clientSettings } from '../base/aws-settings';

/**
 * All calls of Service Catalog share one session name: the managed policy for end users lets a session see and change
 * only what a session of the same name has provisioned.
 */
const SESSION_NAME = 'account-vending';

/** Control Tower's Account Factory by way of Service Catalog, in Control Tower's home region. */
export function serviceCatalogAccountFactory(session: AwsSession, homeRegion: string | undefined): AccountFactory {
  const client = new ServiceCatalogClient({
    ...clientSettings(session.settings, session.functionName),
    ...(homeRegion === undefined ? {} : { region: homeRegion }),
    credentials: managementCredentials({ ...session, sessionName: SESSION_NAME }),
  });
  return {
    describeProduct: (productId) =>
      calling(`look at the Account Factory product ${productId}`, () => describeProduct(client, productId)),
    productsOf: (accountId) => productsOf(client, accountId),
    findByAccount: async (accountId, ownName = null) =>
      chosenProduct(accountId, await productsOf(client, accountId), ownName) ??
      (ownName === null ? undefined : unknowing(await findByName(client, ownName))),
    findByName: (name) => findByName(client, name),
    provision: (request) => startOperation(`provision ${request.token}`, () => provision(client, request)),
    update: (product, request) => startOperation(`update ${product.name}`, () => update(client, product, request)),
    terminate: (product, token) => startOperation(`take back ${product.name}`, () => terminate(client, product, token)),
    describeRecord: (recordId) =>
      calling(`describe the record ${recordId}`, async () => {
        const answer = await client.send(new DescribeRecordCommand({ Id: recordId }));
        return recordOf(answer.RecordDetail);
      }),
  };
}

async function describeProduct(client: ServiceCatalogClient, productId: string): Promise<AccountFactoryProduct> {
  const newest = (await listArtifacts(client, productId))
    .filter(({ Active, Guidance }) => Active === true && Guidance !== 'DEPRECATED')
    .reduce<ProvisioningArtifactDetail | undefined>(newer, undefined);
  return { artifactId: newest?.Id ?? null, launchPathId: await findLaunchPath(client, productId) };
}

async function listArtifacts(
  client: ServiceCatalogClient,
  productId: string,
): Promise<readonly ProvisioningArtifactDetail[]> {
  try {
    const answer = await client.send(new ListProvisioningArtifactsCommand({ ProductId: productId }));
    return answer.ProvisioningArtifactDetails ?? [];
  } catch (error) {
    throw isAbsent(error) ? noProduct(productId, await client.config.region(), error) : error;
  }
}

function noProduct(productId: string, region: string, cause: unknown): RejectedError {
  return new RejectedError(
    `There is no Account Factory product ${productId} in ${region} of the management account.`,
    'Correct accountFactoryProductId and region of enrollmentConfiguration in platform.json (the product is in the home region of Control Tower), ' +
      'deploy, and replay this run.',
    { cause },
  );
}

function newer(
  one: ProvisioningArtifactDetail | undefined,
  other: ProvisioningArtifactDetail,
): ProvisioningArtifactDetail {
  return one !== undefined && (one.CreatedTime ?? 0) >= (other.CreatedTime ?? 0) ? one : other;
}

/**
 * AWS answers "no launch paths found" as an absent resource. In whatever order they come, it is the same one: it is
 * part of a request that is repeated.
 */
async function findLaunchPath(client: ServiceCatalogClient, productId: string): Promise<string | null> {
  const ids: string[] = [];
  try {
    for await (const page of paginateListLaunchPaths({ client }, { ProductId: productId })) {
      ids.push(...(page.LaunchPathSummaries ?? []).flatMap(({ Id }) => Id ?? []));
    }
    return ids.toSorted()[0] ?? null;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** Products are found by their account alone: their names change, and one account may have several. */
async function productsOf(client: ServiceCatalogClient, accountId: string): Promise<readonly ProvisionedProduct[]> {
  return (await search(client, `physicalId:${accountId}`)).filter((product) => product.accountId === accountId);
}

const findByName = async (client: ServiceCatalogClient, name: string): Promise<ProvisionedProduct | undefined> =>
  (await search(client, `name:${name}`)).find((product) => product.name === name);

/** A product that has failed early has no account. One of the same name that has another account is not ours. */
const unknowing = (product: ProvisionedProduct | undefined): ProvisionedProduct | undefined =>
  product?.accountId === null ? product : undefined;

/**
 * To the end: a page may be empty and still not be the last. The query finds more than it should; who asks compares.
 */
function search(client: ServiceCatalogClient, query: string): Promise<readonly ProvisionedProduct[]> {
  return calling(`search provisioned products (${query})`, async () => {
    const found: ProvisionedProduct[] = [];
    const level = { Key: 'Account', Value: 'self' } as const;
    const input = { Filters: { SearchQuery: [query] }, AccessLevelFilter: level };
    for await (const page of paginateSearchProvisionedProducts({ client }, input)) {
      found.push(...(page.ProvisionedProducts ?? []).map(productOf));
    }
    return found;
  });
}

export function productOf(product: ProvisionedProductAttribute): ProvisionedProduct {
  const { Id = '', Name = '', Status, PhysicalId, LastRecordId, LastSuccessfulProvisioningRecordId } = product;
  return {
    id: Id,
    name: Name,
    status: Status === undefined || Status === 'PLAN_IN_PROGRESS' ? 'UNDER_CHANGE' : Status,
    lastRecordId: LastRecordId ?? null,
    accountId: PhysicalId ?? null,
    hasSucceeded: LastSuccessfulProvisioningRecordId !== undefined,
  };
}

const parametersOf = ({ parameters }: EnrollmentRequest): { readonly Key: string; readonly Value: string }[] =>
  Object.entries(parameters).map(([Key, Value]) => ({ Key, Value }));

function provision(
  client: ServiceCatalogClient,
  request: EnrollmentRequest,
): Promise<{ RecordDetail?: RecordDetail | undefined }> {
  return client.send(
    new ProvisionProductCommand({
      ProductId: request.productId,
      ProvisioningArtifactId: request.artifactId,
      PathId: request.launchPathId,
      ProvisionedProductName: request.token,
      ProvisionToken: request.token,
      ProvisioningParameters: parametersOf(request),
    }),
  );
}

const UNIT = 'ManagedOrganizationalUnit';

/**
 * A product of somebody else has their SSO user, and an account that was renamed has its old name there: neither is
 * ours to change.
 *
 * @evidence documented controltower/userguide/aft-update-account: ManagedOrganizationalUnit alone may change
 * @evidence documented "botocore servicecatalog.UpdateProvisioningParameter": with UsePreviousValue the value stays as
 *   it was
 */
function update(
  client: ServiceCatalogClient,
  product: ProvisionedProduct,
  request: EnrollmentRequest,
): Promise<{ RecordDetail?: RecordDetail | undefined }> {
  return client.send(
    new UpdateProvisionedProductCommand({
      ProvisionedProductId: product.id,
      ProductId: request.productId,
      ProvisioningArtifactId: request.artifactId,
      PathId: request.launchPathId,
      UpdateToken: request.token,
      ProvisioningParameters: Object.entries(request.parameters).map(([Key, Value]) =>
        Key === UNIT && Value !== '' ? { Key, Value } : { Key, UsePreviousValue: true },
      ),
    }),
  );
}

/** A search shows a product for a while after it has gone. */
async function terminate(
  client: ServiceCatalogClient,
  { id, name }: ProvisionedProduct,
  token: string,
): Promise<{ RecordDetail?: RecordDetail | undefined }> {
  try {
    return await client.send(
      new TerminateProvisionedProductCommand({ ProvisionedProductId: id, TerminateToken: token }),
    );
  } catch (error) {
    throw isAbsent(error) ? new TransientError(`${name} is gone already; looking again.`, { cause: error }) : error;
  }
}

function startOperation(
  doing: string,
  call: () => Promise<{ RecordDetail?: RecordDetail | undefined }>,
): Promise<StartedOperation> {
  return calling(doing, async () => {
    try {
      const { RecordDetail } = await call();
      if (RecordDetail?.RecordId === undefined) throw new Error('Service Catalog answered without a record.');
      return { recordId: RecordDetail.RecordId };
    } catch (error) {
      if (isBusy(error)) return 'busy';
      throw error;
    }
  });
}

function recordOf(record: RecordDetail | undefined): OperationRecord {
  const { Status, RecordErrors = [] } = record ?? {};
  const error = RecordErrors.map(({ Code = '', Description = '' }) => `${Code}: ${Description}`).join('; ');
  return {
    state: Status === 'SUCCEEDED' || Status === 'FAILED' ? Status : 'IN_PROGRESS',
    wasBusy: isBusyMessage(error),
    error: error === '' ? null : error,
  };
}
