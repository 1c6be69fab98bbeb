import * as fc from 'fast-check';

import { defaultMetering } from '../../../functions/domain/configuration/metering-configuration';
import type { UsageDocument } from '../../../functions/metering/domain/usage-document';
import { claimKey } from '../../../functions/ledger/base/keys';
import { memoryLedgerStore } from '../../../sandbox/runtime/memory-ledger-store';
import { readUsage } from '../../../functions/ledger/metering/usage-months';
import { collectCosts } from '../../../functions/metering/collect-costs';
import type { CollectPorts } from '../../../functions/metering/ask-costs';
import { readDocument } from '../../../functions/metering/usage-documents';
import type { CostReader } from '../../../functions/metering/ports/cost-reader';
import type { ItemWrite } from '../../../functions/ports/ledger-store';
import { RecordingLog, RecordingOutcomes } from '../../fakes/recording-edges';
import { expectedReports, plainReports } from './domain/expected-reports';
import { costAnswers, planAnswers, reservationAnswers } from './domain/generated-answers';
import {
  accountId,
  hoursOf,
  monthText,
  type Organization,
  organizations,
  tenantUuid,
} from './domain/generated-organization';
import { ORGANIZATIONS } from './domain/number-of-organizations';

const BOTH = { reservedInstanceFairChargeback: true, savingsPlanFairChargeback: true };
const DAY_HOURS = 24;

/** Cost Explorer, as it answers of a generated organization. */
function readerOf(organization: Organization): CostReader {
  let answered = 0;
  const at = (start: string): Organization => ({ ...organization, month: monthNumber(start) });
  const pages = <Page>(all: readonly Page[]): Promise<readonly Page[]> => {
    answered += all.length;
    return Promise.resolve(all);
  };
  const contents = (all: readonly { readonly content: unknown }[]): Promise<readonly unknown[]> =>
    pages(all.map(({ content }) => content).filter((content) => !JSON.stringify(content).includes('DataUnavailable')));
  return {
    costs: ({ start, end }) =>
      contents(monthsBetween(start, end).flatMap((month) => costAnswers({ ...organization, month }))),
    reservations: ({ start }, service) => contents(reservationAnswers(at(start), service)),
    savingsPlans: ({ start }) => contents(planAnswers(at(start))),
    answeredPages: () => answered,
  };
}

const monthNumber = (day: string): number => (Number(day.slice(0, 4)) - 1970) * 12 + Number(day.slice(5, 7)) - 1;

const monthsBetween = (start: string, end: string): readonly number[] =>
  Array.from({ length: monthNumber(end) - monthNumber(start) }, (_, i) => monthNumber(start) + i);

interface World extends CollectPorts {
  readonly outcomes: RecordingOutcomes;
  readonly commits: ItemWrite[];
}

async function worldOf(organization: Organization): Promise<World & { at: Date }> {
  const store = memoryLedgerStore();
  const commits: ItemWrite[] = [];
  const claims = organization.tenants.flatMap((isOwned, n) =>
    isOwned
      ? [{ key: claimKey(`ACCOUNT#${accountId(n)}`), expectedVersion: 0, data: { tenantUuid: tenantUuid(n) } }]
      : [],
  );
  if (claims.length > 0) await store.commit(claims);
  const world = {
    reader: readerOf(organization),
    ledger: {
      ...store,
      commit: (writes: readonly ItemWrite[]) => {
        commits.push(...writes);
        return store.commit(writes);
      },
    },
    outcomes: new RecordingOutcomes(),
    log: new RecordingLog(),
    metering: { ...defaultMetering(), ...BOTH },
    commits,
    at: new Date(0),
    now: () => world.at,
  };
  return world;
}

async function documentOf({ ledger }: World, month: string): Promise<UsageDocument> {
  const record = await readUsage(ledger, month);
  if (record === undefined) throw new Error(`${month} was not collected.`);
  return readDocument(ledger, month, record.document);
}

/** So many days after the month. */
const daysAfter = ({ month }: Organization, days: number): Date =>
  new Date((hoursOf(month).to + days * DAY_HOURS + 6) * 3_600_000);

describe(`collecting, in ${ORGANIZATIONS} organizations`, () => {
  it('comes to what a pencil comes to, whatever was collected before, and a second run changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        organizations,
        fc.uniqueArray(fc.integer({ min: -5, max: 5 }), { maxLength: 2 }),
        fc.integer({ min: 6, max: 27 }),
        fc.integer({ min: 1, max: 9 }),
        async (organization, daysBefore, finalAfter, pageSize) => {
          const month = monthText(organization.month);
          const straight = await worldOf({ ...organization, pageSize });
          straight.at = daysAfter(organization, finalAfter);
          await collectCosts(straight, { month });
          const astray = await worldOf(organization);
          for (const days of daysBefore.toSorted((one, other) => one - other)) {
            astray.at = daysAfter(organization, days);
            await collectCosts(astray, {});
          }
          astray.at = daysAfter(organization, finalAfter);
          await collectCosts(astray, {});
          astray.commits.length = 0;
          await collectCosts(astray, {});
          const document = await documentOf(astray, month);

          expect(document).toEqual(await documentOf(straight, month));
          expect(plainReports(document)).toEqual(expectedReports(organization, BOTH));
          expect(astray.commits.filter(({ key }) => key.sort !== 'REQUESTS')).toEqual([]);
          expect(astray.outcomes.usageEvents.filter(({ detail }) => detail.month === month)).toHaveLength(1);
        },
      ),
      { numRuns: ORGANIZATIONS },
    );
  }, 1_800_000);
});
