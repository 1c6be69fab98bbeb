interface Report {
  readonly accountId: string;
  readonly accountName?: string | null;
  readonly total: string;
  readonly lineItems: readonly { readonly service: string; readonly amount: string }[];
}

export interface UsageBars {
  /** The most expensive account first, by its name where that is known. */
  readonly accounts: readonly string[];
  /** For each account the cost of this service. */
  readonly services: readonly { readonly name: string; readonly amounts: readonly number[] }[];
}

const MOST_ACCOUNTS = 15;
const MOST_SERVICES = 8;

/** The most expensive accounts and services; the other services together as one. */
export function usageBars(reports: readonly Report[]): UsageBars {
  const shown = reports.toSorted((one, other) => Number(other.total) - Number(one.total)).slice(0, MOST_ACCOUNTS);
  const sums = new Map<string, number>();
  for (const { lineItems } of shown)
    for (const { service, amount } of lineItems) sums.set(service, (sums.get(service) ?? 0) + Number(amount));
  const names = [...sums].toSorted(([, one], [, other]) => other - one).map(([name]) => name);
  const named = names.slice(0, MOST_SERVICES);
  const amountsOf = (isIn: (service: string) => boolean): readonly number[] =>
    shown.map(({ lineItems }) =>
      lineItems.reduce((sum, { service, amount }) => (isIn(service) ? sum + Number(amount) : sum), 0),
    );
  const others =
    names.length > MOST_SERVICES ? [{ name: 'Other', amounts: amountsOf((one) => !named.includes(one)) }] : [];
  return {
    accounts: shown.map(({ accountId, accountName }) => accountName ?? accountId),
    services: [...named.map((name) => ({ name, amounts: amountsOf((one) => one === name) })), ...others],
  };
}
