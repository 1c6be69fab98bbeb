import { answers, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, excludes, includes, type Pattern } from '../pattern';

const KEPT = { TimePeriod: { Start: '{{firstMonthOfHistory}}', End: '{{thisMonth}}' } };
const LOST = { TimePeriod: { Start: '{{monthBeforeHistory}}', End: '{{thisMonth}}' } };
const LAST_MONTH = { TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' } };
const COSTS = { Granularity: 'MONTHLY', Metrics: ['AmortizedCost'] };
const BY_ACCOUNT = { GroupBy: [{ Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' }] };
const BY_SUBSCRIPTION = { GroupBy: [{ Type: 'DIMENSION', Key: 'SUBSCRIPTION_ID' }] };
const BUYERS = { Dimension: 'LINKED_ACCOUNT', Context: 'RESERVATIONS' };
const INVALID = 'ValidationException';
const accounts = (...Values: readonly string[]) => ({ Dimensions: { Key: 'LINKED_ACCOUNT', Values } });
const refusesFilter = (Filter: object): Step =>
  refuses('GetCostAndUsage', { ...COSTS, ...LAST_MONTH, Filter: { ...Filter } }, INVALID);
const accountsBy = (Filter: object, Groups: Pattern): Step =>
  answers(
    'GetCostAndUsage',
    { ...COSTS, ...LAST_MONTH, ...BY_ACCOUNT, Filter: { ...Filter } },
    {
      ResultsByTime: [{ Groups }],
    },
  );
const reservation = (Value: string) => ({ Value: `{{${Value}}}` });
/** @param services none: no filter */
const reservationsOf = (services: readonly string[], Groups: Pattern): Step =>
  answers(
    'GetReservationUtilization',
    {
      ...LAST_MONTH,
      ...BY_SUBSCRIPTION,
      ...(services.length === 0 ? {} : { Filter: { Dimensions: { Key: 'SERVICE', Values: services } } }),
    },
    { UtilizationsByTime: [{ Groups }] },
  );
const group = (account: string) => ({ Keys: [`{{${account}}}`] });

export const costPeriods: CaseGroup = {
  service: 'ce',
  organization: 'purchases',
  cases: [
    {
      name: 'thirteen months of history are kept, and of what was before nothing is told',
      evidence: 'cost-management userguide ce-api-best-practices: 13 months; redhat-performance/cloud-governance#1011',
      steps: [
        answers('GetCostAndUsage', { ...COSTS, ...KEPT }, { ResultsByTime: count(13) }),
        answers(
          'GetCostAndUsage',
          { ...COSTS, TimePeriod: { Start: '{{firstMonthOfHistory}}', End: '{{nextMonth}}' } },
          { ResultsByTime: count(14) },
        ),
        answers('GetReservationUtilization', { ...KEPT, ...BY_SUBSCRIPTION }),
        answers('GetSavingsPlansUtilizationDetails', KEPT),
        answers('GetDimensionValues', { ...KEPT, ...BUYERS }),
        refuses('GetCostAndUsage', { ...COSTS, ...LOST }, INVALID),
        refuses('GetCostAndUsage', { ...COSTS, ...LOST, Granularity: 'DAILY' }, INVALID),
        refuses('GetReservationUtilization', { ...LOST, ...BY_SUBSCRIPTION }, INVALID),
        refuses('GetSavingsPlansUtilizationDetails', LOST, INVALID),
        refuses('GetDimensionValues', { ...LOST, ...BUYERS }, INVALID),
      ],
    },
    {
      name: 'reservations and Savings Plans have the attributes with which they were bought',
      evidence:
        'CostExplorer API_ReservationUtilizationGroup: Attributes; API_SavingsPlansUtilizationDetail: Attributes',
      steps: [
        answers(
          'GetReservationUtilization',
          { ...LAST_MONTH, ...BY_SUBSCRIPTION },
          {
            UtilizationsByTime: [
              {
                TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' },
                Groups: includes({
                  Key: 'SUBSCRIPTION_ID',
                  Value: '{{firstReservation}}',
                  Attributes: {
                    accountId: '{{management}}',
                    subscriptionId: '{{firstReservation}}',
                    subscriptionType: 'Partial Upfront',
                    upfrontFee: '365',
                    hourlyRecurringFee: '0.05',
                    startDateTime: '{{firstStart}}',
                    endDateTime: '{{firstEnd}}',
                  },
                }),
              },
            ],
          },
        ),
        answers('GetSavingsPlansUtilizationDetails', LAST_MONTH, {
          TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' },
          SavingsPlansUtilizationDetails: includes({
            SavingsPlanArn: '{{savingsPlan}}',
            Attributes: {
              AccountId: '{{management}}',
              PaymentOption: 'No Upfront',
              PurchaseTerm: '3yr',
              StartDateTime: '{{planStart}}',
              EndDateTime: '{{planEnd}}',
            },
          }),
        }),
        // Not one day of its term is in it.
        answers(
          'GetReservationUtilization',
          { ...BY_SUBSCRIPTION, TimePeriod: { Start: '{{firstMonthOfHistory}}', End: '{{thisMonth}}' } },
          { UtilizationsByTime: [{ Groups: includes({ Value: '{{firstReservation}}' }) }], NextPageToken: absent },
        ),
      ],
    },
    {
      name: 'reservations are those of EC2 where no service is named, and those of the services that are',
      evidence: 'CostExplorer API_GetReservationUtilization: Filter defaults to Amazon Elastic Compute Cloud - Compute',
      steps: [
        reservationsOf([], [reservation('firstReservation'), reservation('thirdReservation')]),
        reservationsOf(['Amazon Relational Database Service'], [reservation('secondReservation')]),
        reservationsOf(
          ['Amazon Elastic Compute Cloud - Compute'],
          [reservation('firstReservation'), reservation('thirdReservation')],
        ),
      ],
    },
    {
      name: 'a filter has one operator, And and Or have two operands, and a dimension has values',
      evidence: 'CostExplorer API_Expression: And, Or, Not, Dimensions',
      steps: [
        accountsBy(accounts('{{management}}', '{{automation}}'), [group('management'), group('automation')]),
        accountsBy({ Or: [accounts('{{management}}'), accounts('{{automation}}')] }, count(2)),
        accountsBy({ And: [accounts('{{management}}', '{{automation}}'), accounts('{{automation}}')] }, [
          group('automation'),
        ]),
        accountsBy({ And: [accounts('{{management}}'), accounts('{{automation}}')] }, count(0)),
        accountsBy({ Or: ['management', 'automation', 'application'].map((one) => accounts(`{{${one}}}`)) }, count(3)),
        accountsBy({ And: ['management', 'management', 'management'].map((one) => accounts(`{{${one}}}`)) }, [
          group('management'),
        ]),
        accountsBy({ Not: accounts('{{management}}') }, excludes(group('management'))),
        accountsBy({ Not: { Not: accounts('{{management}}') } }, [group('management')]),
        refusesFilter({}),
        refusesFilter({ And: [accounts('{{management}}')] }),
        refusesFilter({ Or: [accounts('{{management}}')] }),
        refusesFilter({ And: [accounts('{{management}}'), {}] }),
        refusesFilter({ Dimensions: { Key: 'NOTHING', Values: ['{{management}}'] } }),
        refusesFilter({ ...accounts('{{management}}'), Not: accounts('{{automation}}') }),
        refusesFilter({ Or: [accounts('{{management}}'), accounts('{{automation}}')], Not: accounts('{{member}}') }),
      ],
    },
    {
      name: 'costs have a granularity, dates in days, and one or two groupings; Savings Plans 100 a page at most',
      evidence: 'CostExplorer API_GetCostAndUsage, API_DateInterval, API_GetSavingsPlansUtilizationDetails: MaxResults',
      steps: [
        answers(
          'GetCostAndUsage',
          { ...COSTS, ...LAST_MONTH, ...BY_ACCOUNT },
          {
            GroupDefinitions: [{ Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' }],
            DimensionValueAttributes: count(0),
          },
        ),
        refuses('GetCostAndUsage', { ...COSTS, ...LAST_MONTH, Granularity: 'WEEKLY' }, INVALID),
        refuses('GetCostAndUsage', { ...COSTS, ...LAST_MONTH, Metrics: ['Nothing'] }, INVALID),
        refuses('GetCostAndUsage', { ...COSTS, TimePeriod: { Start: '{{lastMonth}}', End: '2026-1-1' } }, INVALID),
        refuses('GetReservationUtilization', { ...LAST_MONTH, GroupBy: [] }, INVALID),
        answers('GetSavingsPlansUtilizationDetails', { ...LAST_MONTH, MaxResults: 100 }),
        answers('GetSavingsPlansUtilizationDetails', { ...LAST_MONTH, MaxResults: 2 }, { NextToken: absent }),
        refuses('GetSavingsPlansUtilizationDetails', { ...LAST_MONTH, MaxResults: 101 }, INVALID),
        refuses('GetSavingsPlansUtilizationDetails', { ...LAST_MONTH, MaxResults: 0 }, INVALID),
        refuses('GetSavingsPlansUtilizationDetails', { ...LAST_MONTH, NextToken: 'nothing' }, [
          'InvalidNextTokenException',
          INVALID,
        ]),
        refuses('GetReservationUtilization', { ...LAST_MONTH, ...BY_SUBSCRIPTION, NextPageToken: 'nothing' }, [
          'InvalidNextTokenException',
          INVALID,
        ]),
      ],
    },
  ],
};
