import {
  CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  type GetCostAndUsageCommandOutput,
  GetDimensionValuesCommand,
  GetReservationUtilizationCommand,
  GetSavingsPlansUtilizationDetailsCommand,
} from '@aws-sdk/client-cost-explorer';
import { CloseAccountCommand } from '@aws-sdk/client-organizations';
import Big from 'big.js';

import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import {
  administrator,
  AUTOMATION,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  type UnderTest,
} from './organization-under-test';

const OCTOBER = { Start: '2026-10-01', End: '2026-11-01' };
const NOVEMBER = { Start: '2026-11-01', End: '2026-12-01' };
const BY_ACCOUNT_AND_SERVICE = [
  { Type: 'DIMENSION', Key: 'LINKED_ACCOUNT' },
  { Type: 'DIMENSION', Key: 'SERVICE' },
] as const;
const BY_SUBSCRIPTION = [{ Type: 'DIMENSION', Key: 'SUBSCRIPTION_ID' }] as const;
const EC2 = 'Amazon Elastic Compute Cloud - Compute';

const clientOf = (test: UnderTest, account = MANAGEMENT): CostExplorerClient =>
  new CostExplorerClient(test.settings(administrator(account)));

interface Query {
  readonly period?: { readonly Start: string; readonly End: string };
  readonly granularity?: 'DAILY' | 'MONTHLY';
  readonly filter?: Expression;
  readonly account?: string;
}

async function pagesOf(
  test: UnderTest,
  { period = OCTOBER, granularity = 'MONTHLY', filter, account }: Query = {},
): Promise<readonly GetCostAndUsageCommandOutput[]> {
  const pages: GetCostAndUsageCommandOutput[] = [];
  let NextPageToken: string | undefined;
  do {
    const page = await clientOf(test, account).send(
      new GetCostAndUsageCommand({
        TimePeriod: period,
        Granularity: granularity,
        Metrics: ['AmortizedCost'],
        GroupBy: [...BY_ACCOUNT_AND_SERVICE],
        ...(filter === undefined ? {} : { Filter: filter }),
        NextPageToken,
      }),
    );
    pages.push(page);
    ({ NextPageToken } = page);
  } while (NextPageToken !== undefined);
  return pages;
}

const groupsOf = (pages: readonly GetCostAndUsageCommandOutput[]): readonly (readonly [string, string, Big])[] =>
  pages.flatMap(({ ResultsByTime = [] }) =>
    ResultsByTime.flatMap(({ Groups = [] }) =>
      Groups.map(
        ({ Keys: [account = '', service = ''] = [], Metrics }) =>
          [account, service, new Big(Metrics?.['AmortizedCost']?.Amount ?? 'none')] as const,
      ),
    ),
  );

const sumOf = (groups: readonly (readonly [string, string, Big])[]): string =>
  groups.reduce((sum, [, , amount]) => sum.plus(amount), new Big(0)).toFixed();

describe("the model's Cost Explorer", () => {
  it('gives the costs of a month in pages, the same each time', async () => {
    const test = organizationUnderTest();
    const once = await pagesOf(test);
    const again = await pagesOf(test);

    expect(once.length).toBeGreaterThan(1);
    expect(groupsOf(again)).toEqual(groupsOf(once));
    expect(new Set(groupsOf(once).map(([account]) => account)).size).toBe(3);
  });

  it('gives the same sum by days as by months, and what is filtered out is what is missing', async () => {
    const test = organizationUnderTest();
    const tax: Expression = { Dimensions: { Key: 'RECORD_TYPE', Values: ['Tax'] } };
    const all = sumOf(groupsOf(await pagesOf(test)));
    const taxAlone = sumOf(groupsOf(await pagesOf(test, { filter: tax })));
    const withoutTax = sumOf(groupsOf(await pagesOf(test, { filter: { Not: tax } })));

    expect(sumOf(groupsOf(await pagesOf(test, { granularity: 'DAILY' })))).toBe(all);
    expect(new Big(taxAlone).plus(withoutTax).toFixed()).toBe(all);
    expect(Number(taxAlone)).toBeGreaterThan(0);
  });

  it('calls a month estimated until three days after its end', async () => {
    const test = organizationUnderTest();
    const [october] = await pagesOf(test);
    const [november] = await pagesOf(test, { period: NOVEMBER });

    expect(october?.ResultsByTime?.[0]?.Estimated).toBe(false);
    expect(november?.ResultsByTime?.[0]?.Estimated).toBe(true);
  });

  it('corrects some bills when their month was thought final', async () => {
    const test = organizationUnderTest();
    test.clock.advance(10 * 86_400);
    const before = sumOf(groupsOf(await pagesOf(test, { period: NOVEMBER })));
    test.clock.advance(10 * 86_400);
    const after = sumOf(groupsOf(await pagesOf(test, { period: NOVEMBER })));

    expect(Number(after)).toBeLessThan(Number(before));
  });

  it('bills an account from the day on which it has joined until it is closed', async () => {
    const test = organizationUnderTest();
    const member = await openAccount(test);
    const costOf = async (): Promise<string> =>
      sumOf(groupsOf(await pagesOf(test, { period: NOVEMBER })).filter(([account]) => account === member));
    test.clock.advance(2 * 86_400);
    const open = await costOf();
    await test.organizations.send(new CloseAccountCommand({ AccountId: member }));
    test.clock.advance(86_400);
    const closed = await costOf();
    test.clock.advance(86_400);

    expect(Number(open)).toBeGreaterThan(0);
    expect(await costOf()).toBe(closed);
  });

  it('shows an account its own costs alone, the management account all', async () => {
    const groups = groupsOf(await pagesOf(organizationUnderTest(), { account: AUTOMATION }));

    expect(new Set(groups.map(([account]) => account))).toEqual(new Set([AUTOMATION]));
  });

  it('puts into costs what it says is amortized of a reservation, where it is used', async () => {
    const test = organizationUnderTest();
    const answer = await clientOf(test).send(
      new GetReservationUtilizationCommand({ TimePeriod: OCTOBER, GroupBy: [...BY_SUBSCRIPTION] }),
    );
    const [group] = answer.UtilizationsByTime?.[0]?.Groups ?? [];
    const costs = groupsOf(await pagesOf(test)).filter(([, service]) => service === EC2);

    // 1,200.00 over 1,096 days, 31 of them in October.
    expect(group).toMatchObject({
      Value: '1573784',
      Attributes: { accountId: AUTOMATION, upfrontFee: '1200.0' },
      Utilization: { AmortizedUpfrontFee: '33.9416058379' },
    });
    expect(costs.map(([account, , amount]) => [account, amount.toFixed()])).toEqual([
      ['111111111111', '13.5766423364'],
      [AUTOMATION, '20.3649635015'],
    ]);
  });

  it('shows a Savings Plan with the upfront and the recurring part apart', async () => {
    const answer = await clientOf(organizationUnderTest()).send(
      new GetSavingsPlansUtilizationDetailsCommand({ TimePeriod: OCTOBER }),
    );

    // 2,630.40 over 26,304 hours are 0.10 an hour; October has 744.
    expect(answer.SavingsPlansUtilizationDetails).toMatchObject([
      {
        Attributes: { AccountId: MANAGEMENT, UpfrontFee: '2630.4' },
        AmortizedCommitment: { AmortizedUpfrontCommitment: '74.4', AmortizedRecurringCommitment: '74.4' },
      },
    ]);
  });

  it('knows who has reservations, and not of which services', async () => {
    const client = clientOf(organizationUnderTest());
    const of = (Dimension: 'LINKED_ACCOUNT' | 'SERVICE') =>
      client.send(new GetDimensionValuesCommand({ TimePeriod: OCTOBER, Dimension, Context: 'RESERVATIONS' }));

    expect((await of('LINKED_ACCOUNT')).DimensionValues?.map(({ Value }) => Value)).toEqual([
      '111111111111',
      '333333333333',
    ]);
    await expect(of('SERVICE')).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('tells the utilization of the documented services alone', async () => {
    const command = new GetReservationUtilizationCommand({
      TimePeriod: OCTOBER,
      GroupBy: [...BY_SUBSCRIPTION],
      Filter: { Dimensions: { Key: 'SERVICE', Values: ['Amazon DynamoDB'] } },
    });

    await expect(clientOf(organizationUnderTest()).send(command)).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('has no data about subscriptions where there are none', async () => {
    const seed = { ...exampleOrganization(), costs: { subscriptions: [] } };
    const client = clientOf(organizationUnderTest({ seed }));

    await expect(
      client.send(new GetReservationUtilizationCommand({ TimePeriod: OCTOBER, GroupBy: [...BY_SUBSCRIPTION] })),
    ).rejects.toMatchObject({ name: 'DataUnavailableException' });
    await expect(
      client.send(new GetSavingsPlansUtilizationDetailsCommand({ TimePeriod: OCTOBER })),
    ).rejects.toMatchObject({ name: 'DataUnavailableException' });
  });

  it.each([
    { what: 'a time that has not begun', period: { Start: '2026-12-01', End: '2027-01-01' } },
    { what: 'a time that is kept no longer', period: { Start: '2025-09-01', End: '2025-10-01' } },
    { what: 'an end before its start', period: { Start: '2026-10-02', End: '2026-10-02' } },
  ])('refuses $what', async ({ period }) => {
    await expect(pagesOf(organizationUnderTest(), { period })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('refuses a page that it has not given out', async () => {
    const query: GetCostAndUsageCommandInput = {
      TimePeriod: OCTOBER,
      Granularity: 'MONTHLY',
      Metrics: ['AmortizedCost'],
      GroupBy: [...BY_ACCOUNT_AND_SERVICE],
      NextPageToken: 'x',
    };

    await expect(clientOf(organizationUnderTest()).send(new GetCostAndUsageCommand(query))).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
  });

  it('refuses Savings Plans of a time that ends today or later', async () => {
    const test = organizationUnderTest();
    const today = new Date(test.clock.now()).toISOString().slice(0, 10);
    const until = (End: string): Promise<unknown> =>
      clientOf(test).send(new GetSavingsPlansUtilizationDetailsCommand({ TimePeriod: { Start: OCTOBER.Start, End } }));

    await expect(until(NOVEMBER.End)).rejects.toMatchObject({ name: 'DataUnavailableException' });
    await expect(until(today)).rejects.toMatchObject({ name: 'DataUnavailableException' });
    await expect(until(OCTOBER.End)).resolves.toMatchObject({ TimePeriod: OCTOBER });
  });

  it('refuses reservations of a time that goes beyond today', async () => {
    const test = organizationUnderTest();
    const inDays = (days: number): string => new Date(test.clock.now() + days * 86_400_000).toISOString().slice(0, 10);
    const until = (End: string): Promise<unknown> => {
      const TimePeriod = { Start: OCTOBER.Start, End };
      return clientOf(test).send(new GetReservationUtilizationCommand({ TimePeriod, GroupBy: [...BY_SUBSCRIPTION] }));
    };

    await expect(until(inDays(1))).rejects.toMatchObject({ name: 'DataUnavailableException' });
    await expect(until(inDays(0))).resolves.toMatchObject({ UtilizationsByTime: [{}] });
  });

  it('tells reservations of one service at a time, and is filtered by nothing else', async () => {
    const filtered = (Filter: Expression): Promise<unknown> =>
      clientOf(organizationUnderTest()).send(
        new GetReservationUtilizationCommand({ TimePeriod: OCTOBER, GroupBy: [...BY_SUBSCRIPTION], Filter }),
      );
    const oneAccount: Expression = { Dimensions: { Key: 'LINKED_ACCOUNT', Values: [AUTOMATION] } };

    await expect(filtered({ Dimensions: { Key: 'SERVICE', Values: [EC2, 'Amazon Redshift'] } })).rejects.toThrow(
      'The number of values for Service Filter should not exceed 1',
    );
    await expect(filtered(oneAccount)).rejects.toThrow('A filter for more than SERVICE is not modelled');
    await expect(filtered({ And: [oneAccount, oneAccount] })).rejects.toThrow('is not modelled');
  });

  it('tells costs until the end of the month, and of no later time', async () => {
    const period = { Start: NOVEMBER.Start, End: '2026-12-02' };

    await expect(pagesOf(organizationUnderTest(), { period })).rejects.toThrow(
      'end date past the beginning of next month',
    );
  });
});
