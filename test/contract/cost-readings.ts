import type { Reading } from './reading';

const OCTOBER = { Start: '2026-10-01', End: '2026-11-01' };
const FUTURE = { Start: '2027-01-01', End: '2027-02-01' };
const decimal = expect.stringMatching(/^\d+\.\d+$/) as unknown;
const unknownTime = { error: 'ValidationException', status: 400 };

/**
 * Of what metering reads, by the management account. The clock of the organization under test stands in November 2026.
 */
export function costReadings(): readonly Reading[] {
  const costs = {
    Granularity: 'MONTHLY',
    Metrics: ['AmortizedCost'],
    GroupBy: [
      { Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' },
      { Type: 'DIMENSION', Key: 'SERVICE' },
    ],
  };
  const bySubscription = { GroupBy: [{ Type: 'DIMENSION', Key: 'SUBSCRIPTION_ID' }] };
  const reserved = { Context: 'RESERVATIONS' };
  return [
    {
      operation: 'ce:GetCostAndUsage',
      region: 'us-east-1',
      input: { ...costs, TimePeriod: OCTOBER },
      answer: {
        NextPageToken: expect.any(String) as unknown,
        GroupDefinitions: costs.GroupBy,
        ResultsByTime: [
          {
            TimePeriod: OCTOBER,
            Estimated: false,
            Groups: expect.arrayContaining([
              { Keys: ['111111111111', 'Tax'], Metrics: { AmortizedCost: { Amount: decimal, Unit: 'USD' } } },
            ]) as unknown,
          },
        ],
      },
      refused: { input: { ...costs, TimePeriod: FUTURE }, ...unknownTime },
    },
    {
      operation: 'ce:GetDimensionValues',
      region: 'us-east-1',
      input: { Dimension: 'LINKED_ACCOUNT', ...reserved, TimePeriod: OCTOBER },
      answer: { DimensionValues: [{ Value: '111111111111' }, {}], ReturnSize: 2, TotalSize: 2 },
      refused: { input: { Dimension: 'SERVICE', ...reserved, TimePeriod: OCTOBER }, ...unknownTime },
    },
    {
      operation: 'ce:GetReservationUtilization',
      region: 'us-east-1',
      input: { ...bySubscription, TimePeriod: OCTOBER },
      answer: {
        UtilizationsByTime: [
          { Groups: [{ Value: '1573784', Utilization: { AmortizedUpfrontFee: decimal, AmortizedRecurringFee: '0' } }] },
        ],
      },
      refused: {
        input: {
          ...bySubscription,
          TimePeriod: OCTOBER,
          Filter: { Dimensions: { Key: 'SERVICE', Values: ['Amazon Redshift'] } },
        },
        error: 'DataUnavailableException',
        status: 400,
      },
    },
    {
      operation: 'ce:GetSavingsPlansUtilizationDetails',
      region: 'us-east-1',
      input: { TimePeriod: OCTOBER },
      answer: {
        SavingsPlansUtilizationDetails: [{ AmortizedCommitment: { AmortizedUpfrontCommitment: '74.4' } }],
        TimePeriod: OCTOBER,
      },
      refused: {
        input: { TimePeriod: { Start: '2026-11-01', End: '2026-12-01' } },
        error: 'DataUnavailableException',
        status: 400,
      },
    },
  ];
}
