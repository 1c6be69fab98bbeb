import {
  CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  GetReservationUtilizationCommand,
  GetSavingsPlansUtilizationDetailsCommand,
  type GroupDefinition,
} from '@aws-sdk/client-cost-explorer';

import { RejectedError } from '../../domain/base/errors';
import type { CostFilter } from '../../domain/configuration/metering-configuration';
import type { CostReader, DayPeriod } from '../ports/cost-reader';
import { managementCredentials, globalRegion } from '../../aws/base/assumed-role';
import type { AwsSession } from '../../aws/base/aws-session';
import {
  calling,
  isBillExpired,
  isCostDataUnavailable,
  wordsOf,
  isCostPagingStale,
  isCostThrottle,
} from '../../aws/base/aws-error';
import { clientSettings } from '../../aws/base/aws-settings';
import type { StepPermissions } from '../../aws/permissions/step-permissions';

/**
 * Cost Explorer, through the caller's role in the management account. It answers in one region of each partition.
 *
 * @param pause how it waits when Cost Explorer has been asked too fast
 */
export function costExplorerCostReader(session: AwsSession, pause: Pause): CostReader {
  const client = new CostExplorerClient({
    ...clientSettings(session.settings, session.functionName),
    ...globalRegion(session),
    credentials: managementCredentials(session),
  });
  const { pagesOf, answeredPages } = countedPages(pause);
  return {
    costs: (period, filter) =>
      readCosts(period, () =>
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

/** Silence about costs is no month without costs: the error tells which months, and what a person can do. */
function readCosts<Page>({ start, end }: DayPeriod, read: () => Promise<readonly Page[]>): Promise<readonly Page[]> {
  return calling('read the costs of the organization', async () => {
    try {
      return await read();
    } catch (error) {
      if (isBillExpired(error)) {
        throw new RejectedError(
          `Cost Explorer does not keep the costs from ${start} to ${end} (end exclusive) any more (${wordsOf(error)}).`,
          'Collect a later month: Cost Explorer keeps 14 months. What was collected in time is still there: GET /usage-reports/{month}, and, for as long as ' +
            'metering.processing.deleteRawDataAfterDays says, the raw answers beside the reports.',
          { cause: error },
        );
      }
      if (isCostDataUnavailable(error)) {
        throw new RejectedError(
          `Cost Explorer has no costs from ${start} to ${end} (end exclusive) (${wordsOf(error)}).`,
          'Look whether Cost Explorer is turned on in the management account (Billing and Cost Management, Cost Explorer): its first data come within a ' +
            'day. The next daily collection asks again.',
          { cause: error },
        );
      }
      throw error;
    }
  });
}

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

export type Pause = (seconds: number) => Promise<void>;

interface AnsweredPage<Page> {
  readonly page: Page;
  readonly next: string | undefined;
}

/** Reads the page of a token; the first one without. */
export type ReadPage<Page> = (token: string | undefined) => Promise<AnsweredPage<Page>>;

/** AWS says nothing of how fast Cost Explorer may be asked; waits double from one second, two minutes in all. */
const MAX_WAITS = 7;

/** How often all pages are begun again, because their data has changed meanwhile. */
const MAX_BEGINNINGS = 3;

/** All pages of one query: the SDK has no paginators for Cost Explorer. */
async function allPages<Page>(pause: Pause, read: ReadPage<Page>): Promise<readonly Page[]> {
  for (let beginning = 1; ; beginning += 1) {
    try {
      return await pagesInOneGo(pause, read);
    } catch (error) {
      if (!isCostPagingStale(error) || beginning === MAX_BEGINNINGS) throw error;
    }
  }
}

async function pagesInOneGo<Page>(pause: Pause, read: ReadPage<Page>): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let token: string | undefined;
  do {
    const { page, next } = await patiently(pause, () => read(token));
    pages.push(page);
    token = next === '' ? undefined : next;
  } while (token !== undefined);
  return pages;
}

async function patiently<Answer>(pause: Pause, call: () => Promise<Answer>): Promise<Answer> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isCostThrottle(error) || waits === MAX_WAITS) throw error;
      await pause(2 ** waits);
    }
  }
}

/** What CollectCosts reads, as MeshCostExplorerServiceRole, which is its role in the management account. */
export const costPermissions: StepPermissions = {
  management: ['ce:GetCostAndUsage', 'ce:GetReservationUtilization', 'ce:GetSavingsPlansUtilizationDetails'],
};
