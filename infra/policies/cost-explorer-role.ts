import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * What MeshCostExplorerServiceRole may do: it reads costs. Costs are those of the whole organization; there is nothing
 * smaller to name.
 */
export const costExplorerStatement = (): PolicyStatement =>
  new PolicyStatement({
    actions: [
      'ce:GetSavingsPlansUtilizationDetails',
      'ce:GetSavingsPlansUtilization',
      'ce:GetSavingsPlansCoverage',
      'ce:GetReservationUtilization',
      'ce:GetReservationCoverage',
      'ce:GetDimensionValues',
      'ce:GetCostAndUsage',
      'organizations:ListAccounts',
    ],
    resources: ['*'],
  });
