import { readFileSync } from 'node:fs';

import { defaultTemplate } from '../../sandbox/commands/price/default-template';
import {
  type MeasuredUsage,
  measuredUsage,
  usageByEnrollment,
  usageOfWaiting,
} from '../../sandbox/commands/price/measured-usage';
import { priceOfAccounts, priceOfMonths } from '../../sandbox/commands/price/price-of-accounts';
import { priceOfIdleMonth } from '../../sandbox/commands/price/price-of-idle-month';
import { priceOfNight } from '../../sandbox/commands/price/price-of-night';
import { priceOfVending, priceOfWaiting, shareOfWaiting } from '../../sandbox/commands/price/price-of-vending';
import { makeFixture } from '../../sandbox/simulation/simulation-fixture';

/** On a busy machine. */
describe('prices', () => {
  let measured: MeasuredUsage;

  beforeAll(async () => {
    measured = await measuredUsage(await makeFixture());
  });

  it('of a night stand in docs/second-runs.md as they are measured (else: npm run night-price)', () => {
    expect(readFileSync('docs/second-runs.md', 'utf8')).toContain(priceOfNight(measured.night));
  });

  it('of a vending stand in docs/cost.md as they are measured (else: npm run price)', () => {
    expect(readFileSync('docs/cost.md', 'utf8')).toContain(priceOfVending(measured.vending));
  });

  it('of waiting in a line stand in docs/cost.md (else: npm run price), and are a tenth of a vending at most', async () => {
    const waiting = await usageOfWaiting(await makeFixture());

    expect(readFileSync('docs/cost.md', 'utf8')).toContain(priceOfWaiting(measured.vending, waiting));
    for (const one of waiting) expect(shareOfWaiting(measured.vending, one)).toBeLessThan(0.1);
  });

  it('of months stand in docs/cost.md (else: npm run price)', () => {
    const months = priceOfMonths(measured, priceOfIdleMonth(defaultTemplate()));

    expect(readFileSync('docs/cost.md', 'utf8')).toContain(months);
  });

  it('of accounts with and without Control Tower stand in docs/cost.md (else: npm run price)', async () => {
    const idle = priceOfIdleMonth(defaultTemplate());
    const usage = await usageByEnrollment(await makeFixture());

    expect(readFileSync('docs/cost.md', 'utf8')).toContain(priceOfAccounts({ ...usage, idle }));
    expect(usage.enrolled.vending.stateTransitions).toBeGreaterThan(usage.others.vending.stateTransitions);
  });

  it('grow with all that a tenant takes', () => {
    const usage = {
      stateTransitions: 1,
      invocations: 0,
      ledgerReads: 0,
      ledgerWrites: 0,
      queueRequests: 0,
      events: 0,
      waitedSeconds: 0,
      callsOfDryRuns: 0,
      comparingSeconds: 0,
    };
    expect(priceOfNight(usage)).toContain('| Step Functions, state transitions | 1.0 | 0.025 |');
    expect(priceOfNight({ ...usage, invocations: 100 })).toContain('| Lambda, calls | 100.0 | 0.020 |');
    expect(priceOfNight({ ...usage, invocations: 100 })).toContain('| a night | | 0.38 |');
    const seconds = 'Lambda, seconds of 512 MB that wait for a near look';
    expect(priceOfNight({ ...usage, waitedSeconds: 100 })).toContain(`| ${seconds} | 100.0 | 0.667 |`);
  });
});

describe('an idle month', () => {
  const template = defaultTemplate();

  it('costs less than two and a half dollars, and stands in docs/cost.md by the template (else: npm run price)', () => {
    const { dollars, table } = priceOfIdleMonth(template);

    expect(dollars).toBeLessThan(2.5);
    expect(readFileSync('docs/cost.md', 'utf8')).toContain(table);
  });

  it.each([
    ['AWS::KMS::Key', 1, 1],
    ['AWS::CloudWatch::Dashboard', 2, 3],
    ['AWS::CloudWatch::Alarm', freeAlarms(template) + 1, 0.1],
    ['AWS::SecretsManager::Secret', 1, 0.4],
    ['AWS::Lambda::EventSourceMapping', 1, 0.2592],
  ])('costs more with more of %s', (Type, count, dollars) => {
    const more = Object.fromEntries(Array.from({ length: count }, (_, number) => [`More${number}`, { Type }]));
    const price = priceOfIdleMonth({ Resources: { ...template.Resources, ...more } });

    expect(price.dollars - priceOfIdleMonth(template).dollars).toBeCloseTo(dollars, 4);
  });
});

/** How many more there may be before one is charged. */
function freeAlarms({ Resources }: ReturnType<typeof defaultTemplate>): number {
  const alarms = Object.values(Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').length;
  return Math.max(0, 10 - alarms);
}
