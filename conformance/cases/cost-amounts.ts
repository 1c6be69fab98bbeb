import { answers, asMember, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, text } from '../pattern';

const LAST_MONTH = { TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' } };
const BY_SUBSCRIPTION = { GroupBy: [{ Type: 'DIMENSION', Key: 'SUBSCRIPTION_ID' }] };
const of = (service: string) => ({ Filter: { Dimensions: { Key: 'SERVICE', Values: [service] } } });
const COSTS = { Granularity: 'MONTHLY', Metrics: ['AmortizedCost'] };
const ZERO = { AmortizedCost: { Amount: matches(/^0(?:\.0+)?$/u), Unit: 'USD' } };
const SOME = { AmortizedCost: { Amount: matches(/^-?\d*\.?\d*[1-9]\d*$/u), Unit: 'USD' } };
const only = (Key: string, value: string) => ({ Filter: { Dimensions: { Key, Values: [value] } } });
const ofType = (type: string, Amount: string): Step =>
  answers(
    'GetCostAndUsage',
    { ...COSTS, ...LAST_MONTH, ...only('RECORD_TYPE', type) },
    { ResultsByTime: [{ Total: { AmortizedCost: { Amount } } }] },
  );
const ofSign = (type: string, amount: RegExp): Step =>
  answers(
    'GetCostAndUsage',
    { ...COSTS, ...LAST_MONTH, ...only('RECORD_TYPE', type) },
    { ResultsByTime: [{ Total: { AmortizedCost: { Amount: matches(amount) } } }] },
  );
const BY_SERVICE_AND_ACCOUNT = {
  GroupBy: [
    { Type: 'DIMENSION', Key: 'SERVICE' },
    { Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' },
  ],
};
const period = (Start: string, End: string, Granularity = 'DAILY') => ({
  TimePeriod: { Start, End },
  Granularity,
  Metrics: ['AmortizedCost'],
  ...only('LINKED_ACCOUNT', '{{member}}'),
});
const DAYS_BY_ACCOUNT_AND_SERVICE = {
  ...LAST_MONTH,
  Granularity: 'DAILY',
  Metrics: ['AmortizedCost'],
  GroupBy: [
    { Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' },
    { Type: 'DIMENSION', Key: 'SERVICE' },
  ],
};

const ofDatabases = answers(
  'GetReservationUtilization',
  { ...LAST_MONTH, ...BY_SUBSCRIPTION, ...of('Amazon Relational Database Service') },
  { UtilizationsByTime: [{ Groups: includes({ Value: '{{secondReservation}}' }) }] },
);

export const costAmounts: CaseGroup = {
  service: 'ce',
  organization: 'purchases',
  cases: [
    {
      name: 'reservations are spread over the hours of their terms',
      evidence: 'CostExplorer API_ReservationAggregates: PurchasedHours, AmortizedUpfrontFee, AmortizedRecurringFee',
      steps: [
        answers(
          'GetReservationUtilization',
          { ...LAST_MONTH, ...BY_SUBSCRIPTION },
          {
            UtilizationsByTime: [
              {
                Groups: includes(
                  {
                    Value: '{{firstReservation}}',
                    Attributes: { subscriptionStatus: 'Active', numberOfInstances: '1' },
                    Utilization: {
                      UtilizationPercentage: '60',
                      PurchasedHours: '744',
                      AmortizedUpfrontFee: '{{firstUpfront}}',
                      AmortizedRecurringFee: '{{firstRecurring}}',
                      TotalAmortizedFee: '{{firstTotal}}',
                    },
                  },
                  {
                    Value: '{{thirdReservation}}',
                    Utilization: {
                      UtilizationPercentage: '100',
                      PurchasedHours: '{{thirdHours}}',
                      AmortizedUpfrontFee: '0',
                      TotalAmortizedFee: '{{thirdTotal}}',
                    },
                  },
                ),
              },
            ],
          },
        ),
        answers(
          'GetReservationUtilization',
          { ...LAST_MONTH, ...BY_SUBSCRIPTION },
          { UtilizationsByTime: [{ Groups: excludes({ Value: '{{endedReservation}}' }) }], NextPageToken: absent },
        ),
        answers(
          'GetReservationUtilization',
          { ...LAST_MONTH, ...BY_SUBSCRIPTION, ...of('Amazon Relational Database Service') },
          {
            UtilizationsByTime: [
              {
                Groups: [
                  {
                    Value: '{{secondReservation}}',
                    Utilization: {
                      UtilizationPercentage: '0',
                      PurchasedHours: '{{secondHours}}',
                      TotalAmortizedFee: '{{secondTotal}}',
                    },
                  },
                ],
              },
            ],
          },
        ),
        answers(
          'GetDimensionValues',
          { ...LAST_MONTH, Dimension: 'LINKED_ACCOUNT', Context: 'RESERVATIONS' },
          { DimensionValues: [{ Value: '{{management}}' }, { Value: '{{automation}}' }], ReturnSize: 2, TotalSize: 2 },
        ),
        answers(
          'GetDimensionValues',
          { ...LAST_MONTH, Dimension: 'REGION', Context: 'RESERVATIONS' },
          { DimensionValues: count(0), ReturnSize: 0, TotalSize: 0 },
        ),
        refuses(
          'GetReservationUtilization',
          { ...LAST_MONTH, ...BY_SUBSCRIPTION, ...only('LINKED_ACCOUNT', '{{management}}') },
          'ValidationException',
        ),
        refuses(
          'GetReservationUtilization',
          { ...BY_SUBSCRIPTION, TimePeriod: { Start: '{{lastMonth}}', End: '{{tomorrow}}' } },
          'DataUnavailableException',
        ),
        answers('GetReservationUtilization', {
          ...BY_SUBSCRIPTION,
          TimePeriod: { Start: '{{lastMonth}}', End: '{{today}}' },
        }),
      ],
    },
    {
      name: 'Savings Plans are spread over the hours of their terms',
      evidence: 'CostExplorer API_SavingsPlansUtilizationDetail: AmortizedCommitment, Utilization',
      steps: [
        answers('GetSavingsPlansUtilizationDetails', LAST_MONTH, {
          SavingsPlansUtilizationDetails: [
            {
              SavingsPlanArn: '{{savingsPlan}}',
              Attributes: { PurchaseTerm: '3yr', RecurringHourlyFee: '0.2', UpfrontFee: '0', Status: 'Active' },
              Utilization: { TotalCommitment: '{{firstPlanTotal}}', UtilizationPercentage: '0' },
              AmortizedCommitment: {
                AmortizedUpfrontCommitment: '0',
                AmortizedRecurringCommitment: '{{firstPlanTotal}}',
                TotalAmortizedCommitment: '{{firstPlanTotal}}',
              },
            },
            {
              SavingsPlanArn: '{{secondPlan}}',
              Utilization: { TotalCommitment: '{{secondPlanTotal}}', UtilizationPercentage: '50' },
              AmortizedCommitment: {
                AmortizedUpfrontCommitment: '{{secondPlanTotal}}',
                AmortizedRecurringCommitment: '0',
                TotalAmortizedCommitment: '{{secondPlanTotal}}',
              },
            },
          ],
          NextToken: absent,
        }),
        answers(
          'GetSavingsPlansUtilizationDetails',
          { ...LAST_MONTH, MaxResults: 1 },
          { SavingsPlansUtilizationDetails: [{ SavingsPlanArn: '{{savingsPlan}}' }] },
          { save: 'page' },
        ),
        answers(
          'GetSavingsPlansUtilizationDetails',
          { ...LAST_MONTH, MaxResults: 1, NextToken: '{{page.NextToken}}' },
          { SavingsPlansUtilizationDetails: [{ SavingsPlanArn: '{{secondPlan}}' }], NextToken: absent },
        ),
        answers('GetSavingsPlansUtilizationDetails', { TimePeriod: { Start: '{{lastMonth}}', End: '{{yesterday}}' } }),
        refuses(
          'GetSavingsPlansUtilizationDetails',
          { TimePeriod: { Start: '{{lastMonth}}', End: '{{today}}' } },
          'DataUnavailableException',
        ),
      ],
    },
    {
      name: 'what was bought is the cost of who uses it, and its rest that of who has bought it',
      evidence: 'cost-management userguide ce-default-reports: amortized costs; CostExplorer API_GetCostAndUsage',
      steps: [
        ofType('DiscountedUsage', '{{discounted}}'),
        ofType('SavingsPlanCoveredUsage', '{{covered}}'),
        ofType('RIFee', '{{fees}}'),
        answers(
          'GetCostAndUsage',
          {
            ...COSTS,
            ...LAST_MONTH,
            ...only('RECORD_TYPE', 'DiscountedUsage'),
            GroupBy: [
              { Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' },
              { Type: 'DIMENSION', Key: 'SERVICE' },
            ],
          },
          {
            GroupDefinitions: [{ Key: 'LINKED_ACCOUNT' }, { Key: 'SERVICE' }],
            ResultsByTime: [
              {
                Groups: includes(
                  { Keys: ['{{management}}', 'Amazon Elastic Compute Cloud - Compute'] },
                  { Keys: ['{{automation}}', 'Amazon Elastic Compute Cloud - Compute'] },
                ),
              },
            ],
          },
        ),
        answers(
          'GetCostAndUsage',
          { ...COSTS, ...LAST_MONTH, ...only('RECORD_TYPE', 'DiscountedUsage'), ...BY_SERVICE_AND_ACCOUNT },
          { ResultsByTime: [{ Groups: count(2) }] },
        ),
        answers(
          'GetCostAndUsage',
          {
            ...COSTS,
            ...LAST_MONTH,
            ...only('RECORD_TYPE', 'SavingsPlanCoveredUsage'),
            ...BY_SERVICE_AND_ACCOUNT,
          },
          { ResultsByTime: [{ Groups: [{ Keys: ['Amazon Elastic Compute Cloud - Compute', '{{automation}}'] }] }] },
        ),
      ],
    },
    {
      name: 'an account has costs from the day on that it was made, and none of days to come',
      evidence: 'CostExplorer API_GetCostAndUsage: Granularity, DAILY; API_ResultByTime: Estimated',
      steps: [
        answers('GetCostAndUsage', period('{{lastMonth}}', '{{thisMonth}}', 'MONTHLY'), {
          ResultsByTime: [{ Total: ZERO, Estimated: { $is: 'boolean' } }],
        }),
        answers('GetCostAndUsage', period('{{yesterday}}', '{{today}}'), { ResultsByTime: [{ Total: ZERO }] }),
        answers('GetCostAndUsage', period('{{yesterday}}', '{{tomorrow}}'), {
          ResultsByTime: [{ Total: ZERO }, { Total: SOME }],
        }),
        answers('GetCostAndUsage', period('{{today}}', '{{tomorrow}}'), {
          ResultsByTime: [
            { TimePeriod: { Start: '{{today}}', End: '{{tomorrow}}' }, Total: SOME, Estimated: true, Groups: count(0) },
          ],
        }),
        answers(
          'GetCostAndUsage',
          { ...COSTS, TimePeriod: { Start: '{{today}}', End: '{{nextMonth}}' }, Granularity: 'DAILY' },
          { ResultsByTime: excludes({ TimePeriod: { Start: '{{tomorrow}}' }, Total: SOME }) },
        ),
        answers(
          'GetCostAndUsage',
          { ...period('{{today}}', '{{tomorrow}}'), GroupBy: [{ Type: 'DIMENSION', Key: 'SERVICE' }] },
          { ResultsByTime: [{ Groups: includes({ Keys: ['Tax'], Metrics: SOME }) }] },
        ),
        ...asMember([
          answers(
            'GetCostAndUsage',
            {
              TimePeriod: { Start: '{{today}}', End: '{{tomorrow}}' },
              Granularity: 'DAILY',
              Metrics: ['AmortizedCost'],
              GroupBy: [{ Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' }],
            },
            { ResultsByTime: [{ Groups: [{ Keys: ['{{member}}'] }] }] },
          ),
        ]),
      ],
    },
    {
      name: 'credits and refunds are taken off, and taxes come on top',
      evidence:
        'CostExplorer API_GetCostAndUsage: GroupBy; cost-management userguide budgets-create-filters: charge types',
      steps: [
        ofSign('Credit', /^-\d/u),
        ofSign('Refund', /^-\d/u),
        ofSign('Tax', /^\d/u),
        ofSign('Usage', /^\d/u),
        answers(
          'GetCostAndUsage',
          { ...COSTS, ...LAST_MONTH, ...only('RECORD_TYPE', 'Credit'), ...BY_SERVICE_AND_ACCOUNT },
          {
            GroupDefinitions: [{ Key: 'SERVICE' }, { Key: 'LINKED_ACCOUNT' }],
            ResultsByTime: [{ Groups: includes({ Keys: [text, matches(/^\d{12}$/u)] }) }],
          },
        ),
        answers(
          'GetCostAndUsage',
          { ...COSTS, ...LAST_MONTH, ...only('RECORD_TYPE', 'Credit'), ...BY_SERVICE_AND_ACCOUNT },
          { ResultsByTime: [{ Groups: excludes({ Keys: [matches(/^\d{12}$/u), text] }) }] },
        ),
      ],
    },
    {
      name: 'costs of many groups come page by page',
      evidence: 'CostExplorer API_GetCostAndUsage: NextPageToken',
      steps: [
        answers('GetCostAndUsage', DAYS_BY_ACCOUNT_AND_SERVICE, { NextPageToken: text }, { save: 'page' }),
        answers(
          'GetCostAndUsage',
          { ...DAYS_BY_ACCOUNT_AND_SERVICE, NextPageToken: '{{page.NextPageToken}}' },
          {
            ResultsByTime: excludes({
              TimePeriod: { Start: '{{lastMonth}}' },
              Groups: includes({ Keys: '{{page.ResultsByTime.0.Groups.0.Keys}}' }),
            }),
          },
        ),
        refuses('GetCostAndUsage', { ...DAYS_BY_ACCOUNT_AND_SERVICE, NextPageToken: 'nothing' }, [
          'InvalidNextTokenException',
          'ValidationException',
        ]),
      ],
    },
    {
      name: 'a month is final some days after its end',
      evidence: 'CostExplorer API_ResultByTime: Estimated; cost-management userguide ce-what-is',
      steps: [
        answers(
          'GetCostAndUsage',
          { ...COSTS, TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' } },
          { ResultsByTime: [{ Estimated: false }] },
        ),
        answers(
          'GetCostAndUsage',
          { ...COSTS, Granularity: 'DAILY', TimePeriod: { Start: '{{lastMonth}}', End: '{{lastMonthThird}}' } },
          {
            ResultsByTime: [
              { TimePeriod: { Start: '{{lastMonth}}', End: '{{lastMonthSecond}}' }, Estimated: false },
              { TimePeriod: { Start: '{{lastMonthSecond}}', End: '{{lastMonthThird}}' } },
            ],
          },
        ),
        refuses(
          'GetCostAndUsage',
          { ...COSTS, TimePeriod: { Start: '{{lastMonth}}', End: '{{nextYear}}' } },
          'ValidationException',
        ),
        answers('GetCostAndUsage', { ...COSTS, TimePeriod: { Start: '{{today}}', End: '{{nextMonth}}' } }),
        refuses(
          'GetCostAndUsage',
          { ...COSTS, TimePeriod: { Start: '{{tomorrow}}', End: '{{nextMonth}}' } },
          'ValidationException',
        ),
      ],
    },
  ],
};

export const withoutPurchases: CaseGroup = {
  service: 'ce',
  organization: 'consolidated-billing',
  cases: [
    {
      name: 'where nothing was bought in advance there is nothing to tell of it',
      evidence: 'CostExplorer API_GetReservationUtilization: DataUnavailableException',
      steps: [
        refuses('GetReservationUtilization', { ...LAST_MONTH, ...BY_SUBSCRIPTION }, 'DataUnavailableException'),
        refuses('GetSavingsPlansUtilizationDetails', LAST_MONTH, 'DataUnavailableException'),
        answers(
          'GetCostAndUsage',
          { ...COSTS, ...LAST_MONTH, ...only('RECORD_TYPE', 'RIFee') },
          { ResultsByTime: [{ Total: ZERO }] },
        ),
        answers(
          'GetDimensionValues',
          { ...LAST_MONTH, Dimension: 'LINKED_ACCOUNT', Context: 'RESERVATIONS' },
          { DimensionValues: count(0), TotalSize: 0 },
        ),
      ],
    },
  ],
};

/** In an organization of its own, since an account is closed. */
export const purchasesOfClosedAccounts: CaseGroup = {
  service: 'ce',
  organization: 'weeks',
  cases: [
    {
      name: 'what an account has bought is told of when it is closed as well, since it is paid until it expires',
      evidence: 'accounts reference manage-acct-closing: Reserved Instances and Savings Plans are invoiced on',
      steps: [
        ofDatabases,
        answers('organizations:CloseAccount', { AccountId: '{{automation}}' }),
        answers(
          'organizations:DescribeAccount',
          { AccountId: '{{automation}}' },
          { Account: { State: 'CLOSED' } },
          { within: 1800 },
        ),
        ofDatabases,
        answers(
          'GetDimensionValues',
          { ...LAST_MONTH, Dimension: 'LINKED_ACCOUNT', Context: 'RESERVATIONS' },
          { DimensionValues: includes({ Value: '{{automation}}' }) },
        ),
      ],
    },
  ],
};
