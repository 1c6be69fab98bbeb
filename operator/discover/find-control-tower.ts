import {
  paginateSearchProductsAsAdmin,
  paginateSearchProvisionedProducts,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';

import type { AwsSession } from '../../functions/aws/base/aws-session';
import { controlTowerLandingZone } from '../../functions/aws/control-tower/control-tower-landing-zone';
import { lackOf, partitionNamed } from '../../functions/domain/places/partitions';
import type { FoundAccountFactory, FoundControlTower } from './found-organization';
import { type ActingIn, PATIENT } from './profile-settings';
import { firstFound } from './first-found';

/** Control Tower answers in its home region alone, so regions are asked until one does. */
export async function findControlTower(
  session: AwsSession,
  management: ActingIn,
  homeRegion: string | undefined,
  regions: readonly string[],
): Promise<FoundControlTower | null> {
  const able = regions.filter(
    (region) => lackOf('controlTower', partitionNamed(management.partition), region) === undefined,
  );
  return firstFound(homeRegion === undefined ? able : [homeRegion], async (region) => {
    const landingZone = await controlTowerLandingZone(session, region).landingZone();
    if (landingZone === undefined) return null;
    const { version, enrollsByItself, sharedAccounts } = landingZone;
    return {
      region,
      version,
      enrollsByItself,
      sharedAccountIds: sharedAccounts.map(({ id }) => id),
      accountFactory: await findAccountFactory(management, region),
    };
  });
}

const PRODUCT_NAME = 'AWS Control Tower Account Factory';
/** @evidence reported "github aws-samples/aws-control-tower-automate-account-creation": Owner "AWS Control Tower" */
const OWNER = 'AWS Control Tower';

async function findAccountFactory(management: ActingIn, region: string): Promise<FoundAccountFactory | null> {
  if (lackOf('serviceCatalog', partitionNamed(management.partition), region) !== undefined) return null;
  const client = new ServiceCatalogClient({ ...PATIENT, ...management.settings, region });
  for await (const page of paginateSearchProductsAsAdmin({ client }, { Filters: { Owner: [OWNER] } })) {
    for (const { ProductViewSummary: { Name, ProductId } = {} } of page.ProductViewDetails ?? []) {
      if (Name === PRODUCT_NAME && ProductId !== undefined) {
        return { productId: ProductId, productsOfAft: await productsOfAft(client, ProductId) };
      }
    }
  }
  return null;
}

/**
 * @evidence reported "github aws-ia/terraform-aws-control_tower_account_factory": products are provisioned by the role
 *   AWSAFTService
 */
const ROLE_OF_AFT = /(?:role|assumed-role)\/AWSAFTService(?:\/|$)/u;

async function productsOfAft(client: ServiceCatalogClient, productId: string): Promise<number> {
  const input = {
    Filters: { SearchQuery: [`productId:${productId}`] },
    AccessLevelFilter: { Key: 'Account', Value: 'self' } as const,
    PageSize: 100,
  };
  let count = 0;
  for await (const { ProvisionedProducts = [] } of paginateSearchProvisionedProducts({ client }, input)) {
    count += ProvisionedProducts.filter(({ UserArn = '', UserArnSession = '' }) =>
      [UserArn, UserArnSession].some((arn) => ROLE_OF_AFT.test(arn)),
    ).length;
  }
  return count;
}
