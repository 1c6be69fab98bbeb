import { answers, asMember, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, count, includes, list, matches, text, type Pattern } from '../pattern';

const GLOBAL = { region: '{{globalRegion}}' } as const;
const ACCOUNTS = { ServiceCode: 'organizations', QuotaCode: 'L-E619E033' };
const QUOTA = {
  ...ACCOUNTS,
  QuotaName: 'Default maximum number of accounts',
  Value: { $atLeast: 10 },
  Adjustable: true,
  GlobalQuota: true,
  QuotaArn: text,
};

const arnOf = (account: string): string =>
  `arn:{{partition}}:servicequotas:{{globalRegion}}:${account}:organizations/L-E619E033`;

/** Nothing was ever applied there. */
export const defaultQuotas: CaseGroup = {
  service: 'service-quotas',
  organization: 'consolidated-billing',
  cases: [
    {
      name: 'an organization whose quota was never applied has the default one alone',
      evidence:
        'ServiceQuotas API_GetServiceQuota: some quotas have default values alone; terraform-provider-aws#10929',
      steps: [
        refuses('GetServiceQuota', ACCOUNTS, 'NoSuchResourceException', GLOBAL),
        answers('GetAWSDefaultServiceQuota', ACCOUNTS, { Quota: { ...QUOTA, Value: 10 } }, GLOBAL),
        refuses('GetServiceQuota', ACCOUNTS, 'NoSuchResourceException', GLOBAL),
      ],
    },
  ],
};

export const serviceQuotas: CaseGroup = {
  service: 'service-quotas',
  cases: [
    {
      name: 'the default number of accounts is ten, whatever an organization may have',
      evidence:
        'ServiceQuotas API_GetAWSDefaultServiceQuota; orgs_reference_limits: 10; AWS CLI, example of get-aws-default-service-quota',
      steps: [
        answers('GetAWSDefaultServiceQuota', ACCOUNTS, { Quota: { ...QUOTA, Value: 10, QuotaArn: arnOf('') } }, GLOBAL),
        answers('GetServiceQuota', ACCOUNTS, { Quota: { ...QUOTA, QuotaArn: arnOf('{{management}}') } }, GLOBAL),
        answers('GetAWSDefaultServiceQuota', ACCOUNTS, { Quota: { Value: 10 } }, GLOBAL),
      ],
    },
    {
      name: 'the number of accounts that counts is no smaller than the default',
      evidence: 'ServiceQuotas API_GetServiceQuota',
      steps: [
        answers('GetAWSDefaultServiceQuota', ACCOUNTS, {}, { ...GLOBAL, save: 'default' }),
        answers('GetServiceQuota', ACCOUNTS, { Quota: { QuotaCode: 'L-E619E033', Value: { $is: 'number' } } }, GLOBAL),
      ],
    },
    ...['GetServiceQuota', 'GetAWSDefaultServiceQuota'].flatMap((call): readonly ConformanceCase[] => [
      {
        name: `${call}: the number of accounts is told in the global region alone`,
        evidence: 'organizations userguide orgs_reference_limits: quotas of us-east-1',
        steps: [refuses(call, ACCOUNTS, 'NoSuchResourceException', { region: '{{otherRegion}}' })],
      },
      {
        name: `${call}: a quota that there is not`,
        evidence: `ServiceQuotas API_${call}: NoSuchResourceException`,
        steps: [refuses(call, { ...ACCOUNTS, QuotaCode: 'L-00000000' }, 'NoSuchResourceException', GLOBAL)],
      },
      {
        name: `${call}: a service that there is not`,
        evidence: `ServiceQuotas API_${call}: NoSuchResourceException`,
        steps: [refuses(call, { ...ACCOUNTS, ServiceCode: 'nothing' }, 'NoSuchResourceException', GLOBAL)],
      },
      {
        name: `${call}: what is no code`,
        evidence: `ServiceQuotas API_${call}: IllegalArgumentException`,
        steps: [
          refuses(
            call,
            { ...ACCOUNTS, QuotaCode: '1-2-3' },
            ['IllegalArgumentException', 'NoSuchResourceException'],
            GLOBAL,
          ),
        ],
      },
    ]),
  ],
};

/** Days of the last month that is over, and of the one that is now: facts of the run. */
const LAST_MONTH = { TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' } };
const COSTS = { ...LAST_MONTH, Granularity: 'MONTHLY', Metrics: ['AmortizedCost'] };
const by = (...keys: readonly string[]) => ({ GroupBy: keys.map((Key) => ({ Type: 'DIMENSION', Key })) });
const AMOUNT = { Amount: matches(/^-?\d+(?:\.\d+)?(?:E-?\d+)?$/u), Unit: 'USD' };
const told = (more = {}, output: Pattern = {}, details = {}): Step =>
  answers('GetCostAndUsage', { ...COSTS, ...more }, output, details);

const FIRST_ID = '{{all.ResultsByTime.0.Groups.0.Keys.0}}';
const FIRST = { Dimensions: { Key: 'LINKED_ACCOUNT', Values: [FIRST_ID] } };
const NOBODY = { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['{{noAccount}}'] } };

const refused = (
  what: string,
  more: object,
  error: string | readonly string[] = 'ValidationException',
): ConformanceCase => ({
  name: `costs are not told for ${what}`,
  evidence: 'CostExplorer API_GetCostAndUsage; ce-api-best-practices',
  steps: [refuses('GetCostAndUsage', { ...COSTS, ...more }, error)],
});

export const costExplorer: CaseGroup = {
  service: 'ce',
  cases: [
    {
      name: 'a month that is over has a total',
      evidence: 'CostExplorer API_GetCostAndUsage',
      steps: [
        told(
          {},
          {
            ResultsByTime: [
              {
                TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' },
                Total: { AmortizedCost: AMOUNT },
                Groups: count(0),
              },
            ],
          },
        ),
      ],
    },
    {
      name: 'costs are told by account',
      evidence: 'CostExplorer API_GetCostAndUsage: GroupBy',
      steps: [
        told(by('LINKED_ACCOUNT'), {
          GroupDefinitions: [{ Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' }],
          ResultsByTime: includes({
            Groups: includes({ Keys: [matches(/^\d{12}$/u)], Metrics: { AmortizedCost: AMOUNT } }),
            Total: { AmortizedCost: absent },
          }),
        }),
      ],
    },
    {
      name: 'costs are told by account and service',
      evidence: 'CostExplorer API_GetCostAndUsage: GroupBy, two of them',
      steps: [
        told(by('LINKED_ACCOUNT', 'SERVICE'), {
          ResultsByTime: includes({ Groups: includes({ Keys: [matches(/^\d{12}$/u), text] }) }),
        }),
      ],
    },
    {
      name: 'costs are told by the kind of record',
      evidence: 'CostExplorer API_GetDimensionValues: RECORD_TYPE',
      steps: [told(by('RECORD_TYPE'), { ResultsByTime: includes({ Groups: includes({ Keys: ['Usage'] }) }) })],
    },
    {
      name: 'costs of a day are told for each day',
      evidence: 'CostExplorer API_GetCostAndUsage: Granularity',
      steps: [
        answers(
          'GetCostAndUsage',
          { ...COSTS, Granularity: 'DAILY', TimePeriod: { Start: '{{lastMonth}}', End: '{{lastMonthThird}}' } },
          {
            ResultsByTime: count(2),
          },
        ),
      ],
    },
    {
      name: 'the end of a time does not belong to it',
      evidence: 'CostExplorer API_DateInterval: the end date is exclusive',
      steps: [
        answers(
          'GetCostAndUsage',
          { ...COSTS, Granularity: 'DAILY', TimePeriod: { Start: '{{lastMonth}}', End: '{{lastMonthSecond}}' } },
          {
            ResultsByTime: [{ TimePeriod: { Start: '{{lastMonth}}', End: '{{lastMonthSecond}}' } }],
          },
        ),
      ],
    },
    {
      name: 'the month that is now is estimated',
      evidence: 'CostExplorer API_ResultByTime: Estimated',
      steps: [
        answers(
          'GetCostAndUsage',
          { ...COSTS, TimePeriod: { Start: '{{thisMonth}}', End: '{{nextMonth}}' } },
          {
            ResultsByTime: includes({ Estimated: true }),
          },
        ),
      ],
    },
    {
      name: 'a filter leaves one account',
      evidence: 'CostExplorer API_Expression: Dimensions',
      steps: [
        told(by('LINKED_ACCOUNT'), {}, { save: 'all' }),
        told(
          {
            ...by('LINKED_ACCOUNT'),
            Filter: { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['{{all.ResultsByTime.0.Groups.0.Keys.0}}'] } },
          },
          { ResultsByTime: [{ Groups: [{ Keys: ['{{all.ResultsByTime.0.Groups.0.Keys.0}}'] }] }] },
        ),
        told(
          {
            ...by('LINKED_ACCOUNT'),
            Filter: {
              Not: { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['{{all.ResultsByTime.0.Groups.0.Keys.0}}'] } },
            },
          },
          { ResultsByTime: [{ Groups: { $excludes: { Keys: ['{{all.ResultsByTime.0.Groups.0.Keys.0}}'] } } }] },
        ),
      ],
    },
    {
      name: 'two months are told one by one, in order',
      evidence: 'CostExplorer API_GetCostAndUsage: Granularity, MONTHLY',
      steps: [
        told(
          { TimePeriod: { Start: '{{lastMonth}}', End: '{{nextMonth}}' } },
          {
            ResultsByTime: [
              { TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' }, Total: { AmortizedCost: AMOUNT } },
              { TimePeriod: { Start: '{{thisMonth}}', End: '{{nextMonth}}' }, Estimated: true },
            ],
          },
        ),
        told(
          { ...by('LINKED_ACCOUNT'), TimePeriod: { Start: '{{lastMonth}}', End: '{{nextMonth}}' } },
          { ResultsByTime: includes({ TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' }, Total: {} }) },
        ),
        told(
          { TimePeriod: { Start: '{{lastMonthSecond}}', End: '{{lastMonthThird}}' } },
          { ResultsByTime: [{ TimePeriod: { Start: '{{lastMonthSecond}}', End: '{{lastMonthThird}}' } }] },
        ),
      ],
    },
    {
      name: 'filters are combined by And, Or and Not',
      evidence: 'CostExplorer API_Expression: And, Or, Not',
      steps: [
        told(by('LINKED_ACCOUNT'), {}, { save: 'all' }),
        told(
          { ...by('LINKED_ACCOUNT'), Filter: { And: [FIRST, { Not: FIRST }] } },
          { ResultsByTime: [{ Groups: [] }] },
        ),
        told(
          { ...by('LINKED_ACCOUNT'), Filter: { Or: [FIRST, NOBODY] } },
          { ResultsByTime: [{ Groups: [{ Keys: [FIRST_ID] }] }] },
        ),
        told({ ...by('LINKED_ACCOUNT'), Filter: { And: [FIRST, NOBODY] } }, { ResultsByTime: [{ Groups: [] }] }),
        told(
          { ...by('LINKED_ACCOUNT'), Filter: { Or: [NOBODY, NOBODY, FIRST] } },
          { ResultsByTime: [{ Groups: [{ Keys: [FIRST_ID] }] }] },
        ),
        told({ ...by('LINKED_ACCOUNT'), Filter: { And: [FIRST, FIRST, NOBODY] } }, { ResultsByTime: [{ Groups: [] }] }),
        told(
          {
            ...by('LINKED_ACCOUNT'),
            TimePeriod: { Start: '{{lastMonth}}', End: '{{lastMonthThird}}' },
            Granularity: 'DAILY',
            Filter: FIRST,
          },
          { ResultsByTime: [{ Groups: [{ Keys: [FIRST_ID] }] }, { Groups: [{ Keys: [FIRST_ID] }] }] },
        ),
        told(
          { ...by('LINKED_ACCOUNT'), Filter: { And: [{ Not: NOBODY }, FIRST] } },
          { ResultsByTime: [{ Groups: [{ Keys: [FIRST_ID], Metrics: { AmortizedCost: AMOUNT } }] }] },
        ),
        refuses('GetCostAndUsage', { ...COSTS, Filter: { And: [FIRST] } }, 'ValidationException'),
        refuses('GetCostAndUsage', { ...COSTS, Filter: {} }, 'ValidationException'),
      ],
    },
    {
      name: 'reservations are told one by one, as bought',
      evidence: 'CostExplorer API_GetReservationUtilization, API_ReservationUtilizationGroup',
      steps: [
        answers(
          'GetReservationUtilization',
          { ...LAST_MONTH, ...by('SUBSCRIPTION_ID') },
          {
            UtilizationsByTime: [
              {
                TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' },
                Groups: includes({
                  Key: 'SUBSCRIPTION_ID',
                  Value: '{{reservation}}',
                  Attributes: {
                    accountId: matches(/^\d{12}$/u),
                    subscriptionId: '{{reservation}}',
                    subscriptionType: matches(/Upfront$/u),
                    startDateTime: text,
                    endDateTime: text,
                  },
                  Utilization: {
                    UtilizationPercentage: text,
                    PurchasedHours: matches(/^[1-9]\d*/u),
                    TotalAmortizedFee: matches(/^\d+(?:\.\d+)?$/u),
                  },
                }),
              },
            ],
          },
        ),
        answers(
          'GetDimensionValues',
          { ...LAST_MONTH, Dimension: 'LINKED_ACCOUNT', Context: 'RESERVATIONS' },
          { DimensionValues: includes({ Value: matches(/^\d{12}$/u) }), TotalSize: { $atLeast: 1 } },
        ),
        refuses(
          'GetReservationUtilization',
          { ...by('SUBSCRIPTION_ID'), TimePeriod: { Start: '{{lastMonth}}', End: '{{nextMonth}}' } },
          ['DataUnavailableException', 'ValidationException'],
        ),
        refuses(
          'GetReservationUtilization',
          {
            ...LAST_MONTH,
            ...by('SUBSCRIPTION_ID'),
            Filter: { Dimensions: { Key: 'SERVICE', Values: ['Amazon Redshift', 'Amazon ElastiCache'] } },
          },
          'ValidationException',
        ),
      ],
    },
    {
      name: 'Savings Plans are told one by one, as bought',
      evidence: 'CostExplorer API_GetSavingsPlansUtilizationDetails, API_SavingsPlansUtilizationDetail',
      steps: [
        answers('GetSavingsPlansUtilizationDetails', LAST_MONTH, {
          SavingsPlansUtilizationDetails: includes({
            SavingsPlanArn: '{{savingsPlan}}',
            Attributes: {
              AccountId: matches(/^\d{12}$/u),
              PaymentOption: matches(/Upfront$/u),
              PurchaseTerm: matches(/^[13]yr$/u),
              StartDateTime: text,
              EndDateTime: text,
            },
            Utilization: { TotalCommitment: text, UtilizationPercentage: text },
            AmortizedCommitment: { TotalAmortizedCommitment: text },
          }),
        }),
        answers(
          'GetSavingsPlansUtilizationDetails',
          { ...LAST_MONTH, MaxResults: 1 },
          {
            SavingsPlansUtilizationDetails: count(1),
          },
        ),
        refuses('GetSavingsPlansUtilizationDetails', { ...LAST_MONTH, MaxResults: 101 }, 'ValidationException'),
      ],
    },
    {
      name: 'a filter for what there is not leaves nothing',
      evidence: 'CostExplorer API_Expression',
      steps: [
        told(
          { ...by('LINKED_ACCOUNT'), Filter: { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['{{noAccount}}'] } } },
          {
            ResultsByTime: [{ Groups: count(0) }],
          },
        ),
      ],
    },
    {
      name: 'the same question has the same answer',
      evidence: 'CostExplorer API_GetCostAndUsage',
      steps: [
        told({}, {}, { save: 'first' }),
        told(
          {},
          {
            ResultsByTime: [
              { Total: { AmortizedCost: { Amount: '{{first.ResultsByTime.0.Total.AmortizedCost.Amount}}' } } },
            ],
          },
        ),
        told({}, { ResultsByTime: [{ TimePeriod: { Start: '{{lastMonth}}' } }] }),
      ],
    },
    {
      name: 'a member is told its own costs alone',
      evidence: 'cost-management userguide ce-access: member accounts',
      steps: asMember([
        told(by('LINKED_ACCOUNT'), { ResultsByTime: list }),
        told(
          { Filter: { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['{{management}}'] } } },
          { ResultsByTime: [{ Total: { AmortizedCost: { Amount: matches(/^0(?:\.0+)?$/u) } } }] },
        ),
      ]),
    },
    refused('an end before its start', { TimePeriod: { Start: '{{thisMonth}}', End: '{{lastMonth}}' } }),
    refused('a time that is empty', { TimePeriod: { Start: '{{lastMonth}}', End: '{{lastMonth}}' } }),
    refused('a time that has not begun', { TimePeriod: { Start: '{{nextYear}}', End: '{{nextYearEnd}}' } }),
    refused('a time of years ago', { TimePeriod: { Start: '2015-01-01', End: '2015-02-01' } }),
    refused('what is no date', { TimePeriod: { Start: 'yesterday', End: '{{thisMonth}}' } }),
    refused('no metric', { Metrics: [] }),
    refused('three groupings', by('LINKED_ACCOUNT', 'SERVICE', 'RECORD_TYPE')),
    refused('a filter with two roots', {
      Filter: {
        Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['{{noAccount}}'] },
        Not: { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['{{noAccount}}'] } },
      },
    }),
    refused('a token that is none', { ...by('LINKED_ACCOUNT'), NextPageToken: 'nothing' }, [
      'InvalidNextTokenException',
      'ValidationException',
    ]),
    {
      name: 'reservations that there are not are data that are not available',
      evidence: 'CostExplorer API_GetReservationUtilization: DataUnavailableException',
      steps: [
        refuses(
          'GetReservationUtilization',
          {
            ...LAST_MONTH,
            ...by('SUBSCRIPTION_ID'),
            Filter: { Dimensions: { Key: 'SERVICE', Values: ['Amazon Redshift'] } },
          },
          'DataUnavailableException',
        ),
      ],
    },
    {
      name: 'reservations are of a service that has some',
      evidence: 'CostExplorer API_GetReservationUtilization: Filter; it does not name the error',
      steps: [
        refuses(
          'GetReservationUtilization',
          {
            ...LAST_MONTH,
            ...by('SUBSCRIPTION_ID'),
            Filter: { Dimensions: { Key: 'SERVICE', Values: ['AWS Lambda'] } },
          },
          ['ValidationException', 'DataUnavailableException'],
        ),
      ],
    },
    {
      name: 'the values of a dimension of reservations are told',
      evidence: 'CostExplorer API_GetDimensionValues: Context',
      steps: [
        answers(
          'GetDimensionValues',
          { ...LAST_MONTH, Dimension: 'LINKED_ACCOUNT', Context: 'RESERVATIONS' },
          {
            DimensionValues: list,
            ReturnSize: { $is: 'number' },
            TotalSize: { $is: 'number' },
            NextPageToken: absent,
          },
        ),
      ],
    },
    {
      name: 'the service is no dimension of reservations',
      evidence: 'CostExplorer API_GetDimensionValues: Context, RESERVATIONS',
      steps: [
        refuses(
          'GetDimensionValues',
          { ...LAST_MONTH, Dimension: 'RECORD_TYPE', Context: 'RESERVATIONS' },
          'ValidationException',
        ),
      ],
    },
    {
      name: 'Savings Plans are told until the day before today',
      evidence: 'CostExplorer API_GetSavingsPlansUtilizationDetails: TimePeriod',
      steps: [
        refuses('GetSavingsPlansUtilizationDetails', { TimePeriod: { Start: '{{lastMonth}}', End: '{{nextMonth}}' } }, [
          'ValidationException',
          'DataUnavailableException',
        ]),
      ],
    },
  ],
};
