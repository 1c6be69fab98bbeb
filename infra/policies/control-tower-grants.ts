import { Aws } from 'aws-cdk-lib';

import type { PlatformConfiguration } from '../../functions/domain/configuration/platform-configuration';
import type { Grant } from './grant';

/** The one landing zone of Control Tower, whose id Control Tower draws. */
export const CONTROL_TOWER_ARN = `arn:${Aws.PARTITION}:controltower:*:${Aws.ACCOUNT_ID}:landingzone/*`;

/** The baselines of units and accounts, whose ids Control Tower draws. */
export const enabledBaselinesArn = (region: string): string =>
  `arn:${Aws.PARTITION}:controltower:${region}:${Aws.ACCOUNT_ID}:enabledbaseline/*`;

/** Portfolios of Service Catalog, whose ids it draws. */
export const PORTFOLIO_ARN = `arn:${Aws.PARTITION}:catalog:*:${Aws.ACCOUNT_ID}:portfolio/*`;

/**
 * Only where accounts are enrolled: nobody else needs Control Tower and Service Catalog. None of it is in the
 * document's own statements.
 */
export function controlTowerGrants({ enrollmentConfiguration }: PlatformConfiguration): readonly Grant[] {
  if (enrollmentConfiguration === undefined) return [];
  const { region, accountFactoryProductId } = enrollmentConfiguration;
  return [
    // AWS grants lists of Control Tower on nothing smaller than *.
    {
      sid: 'ControlTowerReading',
      actions: [
        'controltower:ListLandingZones',
        'controltower:ListBaselines',
        'controltower:ListEnabledBaselines',
        'controltower:ListEnabledControls',
      ],
      resources: ['*'],
    },
    // Operations have no ARN to be granted on.
    {
      sid: 'FleetReading',
      actions: [
        'controltower:ListLandingZoneOperations',
        'controltower:GetLandingZoneOperation',
        'controltower:GetBaselineOperation',
      ],
      resources: ['*'],
    },
    {
      sid: 'FleetUpdating',
      actions: ['controltower:ResetEnabledBaseline', 'controltower:UpdateEnabledBaseline'],
      resources: [enabledBaselinesArn(region)],
    },
    { sid: 'LandingZoneReading', actions: ['controltower:GetLandingZone'], resources: [CONTROL_TOWER_ARN] },
    ...(accountFactoryProductId === undefined ? [] : [ofTheProduct(region, accountFactoryProductId)]),
    { sid: 'PortfolioReading', actions: ['servicecatalog:ListPrincipalsForPortfolio'], resources: [PORTFOLIO_ARN] },
    // Provisioned products and records have no ARN to be granted on.
    {
      sid: 'ProvisionedProductReading',
      actions: ['servicecatalog:SearchProvisionedProducts', 'servicecatalog:DescribeRecord'],
      resources: ['*'],
    },
    {
      sid: 'ProvisionedProductsOfAnybody',
      actions: ['servicecatalog:UpdateProvisionedProduct', 'servicecatalog:TerminateProvisionedProduct'],
      resources: ['*'],
      conditions: { StringEquals: { 'servicecatalog:accountLevel': 'self' } },
    },
  ];
}

const ofTheProduct = (region: string, productId: string): Grant => ({
  sid: 'AccountFactoryReading',
  actions: [
    'servicecatalog:ListProvisioningArtifacts',
    'servicecatalog:ListLaunchPaths',
    'servicecatalog:ListPortfoliosForProduct',
  ],
  resources: [`arn:${Aws.PARTITION}:catalog:${region}:${Aws.ACCOUNT_ID}:product/${productId}`],
});
