import type { CostReader, DayPeriod } from '../../functions/metering/ports/cost-reader';

/** Cost Explorer with answers that a test puts in, and everything that it was asked. */
export class FakeCostReader implements CostReader {
  /** By month: groups of account, service and amount. */
  readonly costsOf = new Map<string, readonly (readonly [account: string, service: string, amount: string])[]>();
  readonly estimated = new Set<string>();
  reservedServiceNames: readonly string[] = [];
  reservationGroups: readonly object[] = [];
  planDetails: readonly object[] = [];
  failure: Error | undefined;
  readonly asked: string[] = [];
  #answered = 0;

  costs({ start, end }: DayPeriod, filter: string): Promise<readonly unknown[]> {
    this.asked.push(`costs ${start} ${end} ${filter}`);
    if (this.failure !== undefined) return Promise.reject(this.failure);
    const months = [...this.costsOf.keys()].filter((month) => `${month}-01` >= start && `${month}-01` < end);
    return this.#page([{ ResultsByTime: months.map((month) => this.#resultOf(month)) }]);
  }

  reservations({ start, end }: DayPeriod, service: string): Promise<readonly unknown[]> {
    this.asked.push(`reservations ${start} ${end} ${service}`);
    if (!this.reservedServiceNames.includes(service)) return Promise.resolve([]);
    const TimePeriod = { Start: start, End: end };
    return this.#page([{ UtilizationsByTime: [{ TimePeriod, Groups: this.reservationGroups }] }]);
  }

  savingsPlans({ start, end }: DayPeriod): Promise<readonly unknown[]> {
    this.asked.push(`plans ${start} ${end}`);
    if (this.planDetails.length === 0) return Promise.resolve([]);
    return this.#page([{ TimePeriod: { Start: start, End: end }, SavingsPlansUtilizationDetails: this.planDetails }]);
  }

  answeredPages(): number {
    return this.#answered;
  }

  #page<Answer>(answer: Answer): Promise<Answer> {
    this.#answered += 1;
    return Promise.resolve(answer);
  }

  #resultOf(month: string): object {
    const [year = 0, number = 0] = month.split('-').map(Number);
    const End = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
    return {
      TimePeriod: { Start: `${month}-01`, End },
      Estimated: this.estimated.has(month),
      Groups: (this.costsOf.get(month) ?? []).map(([account, service, Amount]) => ({
        Keys: [account, service],
        Metrics: { AmortizedCost: { Amount, Unit: 'USD' } },
      })),
    };
  }
}
