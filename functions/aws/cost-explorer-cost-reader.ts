import {
  CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  GetDimensionValuesCommand,
  GetReservationUtilizationCommand,
  GetSavingsPlansUtilizationDetailsCommand,
  type GroupDefinition,
} from '@aws-sdk/client-cost-explorer';

import type { CostFilter } from '../domain/metering/cost-filter';
import type { CostReader, DayPeriod } from '../ports/cost-reader';
import { type AwsCaller, managementCredentials } from './assumed-role';
import { calling, isCostDataUnavailable } from './aws-error';
import { clientSettings } from './aws-settings';
import { allPages, type Pause, type ReadPage } from './cost-explorer-pages';

/**
 * Cost Explorer, through the caller's role in the management account. It answers in one region of each partition; that of the commercial one is
 * us-east-1.
 *
 * @param pause how it waits when Cost Explorer has been asked too fast
 */
export function costExplorerCostReader(caller: AwsCaller, pause: Pause): CostReader {
  const client = new CostExplorerClient({
    ...clientSettings(caller.settings, caller.functionName),
    region: 'us-east-1',
    credentials: managementCredentials(caller),
  });
  const { pagesOf, answeredPages } = countedPages(pause);
  return {
    costs: (period, filter) =>
      calling('read the costs of the organization', () =>
        pagesOf(async (NextPageToken) => {
          const answer = await client.send(
            new GetCostAndUsageCommand({
              TimePeriod: timePeriod(period),
              Granularity: 'MONTHLY',
              Metrics: ['AmortizedCost'],
              GroupBy: [dimension('LINKED_ACCOUNT'), dimension('SERVICE')],
              ...filterOf(filter),
              NextPageToken,
            }),
          );
          return { page: asAnswered(answer), next: answer.NextPageToken };
        }),
      ),
    reservedServices: async (period) => (await reservedServicePages(client, period, pagesOf)).flat(),
    reservations: (period, service) =>
      noneWithoutData('read the reservations of the organization', () =>
        pagesOf(async (NextPageToken) => {
          const answer = await client.send(
            new GetReservationUtilizationCommand({
              TimePeriod: timePeriod(period),
              GroupBy: [dimension('SUBSCRIPTION_ID')],
              Filter: { Dimensions: { Key: 'SERVICE', Values: [service] } },
              NextPageToken,
            }),
          );
          return { page: asAnswered(answer), next: answer.NextPageToken };
        }),
      ),
    savingsPlans: (period) =>
      noneWithoutData('read the Savings Plans of the organization', () =>
        pagesOf(async (NextToken) => {
          const answer = await client.send(
            new GetSavingsPlansUtilizationDetailsCommand({
              TimePeriod: timePeriod(period),
              MaxResults: PLANS_ON_A_PAGE,
              NextToken,
            }),
          );
          return { page: asAnswered(answer), next: answer.NextToken };
        }),
      ),
    answeredPages,
  };
}

/** All pages of a query, each of them counted. */
type PagesOf = <Page>(read: ReadPage<Page>) => Promise<readonly Page[]>;

function countedPages(pause: Pause): { readonly pagesOf: PagesOf; readonly answeredPages: () => number } {
  let answered = 0;
  const counting =
    <Page>(read: ReadPage<Page>): ReadPage<Page> =>
    async (token) => {
      const page = await read(token);
      answered += 1;
      return page;
    };
  return { pagesOf: (read) => allPages(pause, counting(read)), answeredPages: () => answered };
}

/** Without what the SDK adds. */
const asAnswered = (answer: object): object =>
  Object.fromEntries(Object.entries(answer).filter(([member]) => member !== '$metadata'));

/** A page costs the same whatever is on it; AWS's own default is 20. */
const PLANS_ON_A_PAGE = 100;

const timePeriod = ({ start, end }: DayPeriod): { readonly Start: string; readonly End: string } => ({
  Start: start,
  End: end,
});

const dimension = (Key: string): GroupDefinition => ({ Type: 'DIMENSION', Key });

const filterOf = (filter: CostFilter): { readonly Filter?: Expression } =>
  filter === 'NONE' ? {} : { Filter: { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Tax'] } } } };

const reservedServicePages = (
  client: CostExplorerClient,
  period: DayPeriod,
  pagesOf: PagesOf,
): Promise<readonly (readonly string[])[]> =>
  noneWithoutData('read of which services there are reservations', () =>
    pagesOf(async (NextPageToken) => {
      const { DimensionValues = [], NextPageToken: next } = await client.send(
        new GetDimensionValuesCommand({
          TimePeriod: timePeriod(period),
          Dimension: 'SERVICE',
          Context: 'RESERVATIONS',
          NextPageToken,
        }),
      );
      return { page: DimensionValues.flatMap(({ Value = '' }) => (Value === '' ? [] : [Value])), next };
    }),
  );

/** DataUnavailableException is how Cost Explorer says that there are none. */
function noneWithoutData<Page>(doing: string, read: () => Promise<readonly Page[]>): Promise<readonly Page[]> {
  return calling(doing, async () => {
    try {
      return await read();
    } catch (error) {
      if (isCostDataUnavailable(error)) return [];
      throw error;
    }
  });
}
