import {
  AssociatePrincipalWithPortfolioCommand,
  paginateListPortfoliosForProduct,
  paginateListPrincipalsForPortfolio,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';

import { classRoleArn } from '../../functions/aws/permissions/function-permissions';
import type { PlatformConfiguration } from '../../functions/domain/configuration/platform-configuration';
import { type ActingIn, PATIENT } from '../discover/profile-settings';

/**
 * Opens the portfolio of the Account Factory to the role that enrolls and to the one that looks, as nothing in a
 * template can: the portfolio is Control Tower's. What is open stays so.
 *
 * @evidence documented controltower/userguide/automated-provisioning-walkthrough: the principal that provisions is
 *   added to the portfolio
 * @returns the names of roles that it was opened to now
 */
export async function openPortfolio(
  { settings }: Pick<ActingIn, 'settings'>,
  { enrollmentConfiguration: enrollment, accessConfig }: PlatformConfiguration,
): Promise<readonly string[]> {
  if (enrollment?.strategy !== 'account-factory') return [];
  const client = new ServiceCatalogClient({ ...PATIENT, ...settings, region: enrollment.region });
  const portfolioId = await portfolioOf(client, enrollment.accountFactoryProductId);
  if (portfolioId === undefined) return [];
  const known = await principalsOf(client, portfolioId);
  const roles = (['ControlTower', 'Read'] as const).map((ofClass) =>
    classRoleArn(accessConfig.organizationRootAccountRole, ofClass),
  );
  const missing = roles.filter((arn) => !known.includes(arn));
  for (const PrincipalARN of missing) {
    await client.send(
      new AssociatePrincipalWithPortfolioCommand({ PortfolioId: portfolioId, PrincipalARN, PrincipalType: 'IAM' }),
    );
  }
  return missing.map((arn) => arn.split('/').at(-1) ?? arn);
}

async function portfolioOf(client: ServiceCatalogClient, ProductId: string): Promise<string | undefined> {
  for await (const { PortfolioDetails = [] } of paginateListPortfoliosForProduct({ client }, { ProductId })) {
    const [first] = PortfolioDetails;
    if (first?.Id !== undefined) return first.Id;
  }
  return undefined;
}

async function principalsOf(client: ServiceCatalogClient, PortfolioId: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { Principals = [] } of paginateListPrincipalsForPortfolio({ client }, { PortfolioId })) {
    found.push(...Principals.flatMap(({ PrincipalARN }) => PrincipalARN ?? []));
  }
  return found;
}
