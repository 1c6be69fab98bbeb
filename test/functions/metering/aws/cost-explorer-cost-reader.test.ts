import { costExplorerCostReader, costPermissions } from '../../../../functions/metering/aws/cost-explorer-cost-reader';
import { monthOf, monthsLater } from '../../../../functions/metering/domain/month';
import { meterMonth } from '../../../../functions/metering/domain/usage-report';
import { type CostReader, RESERVABLE_SERVICES } from '../../../../functions/metering/ports/cost-reader';
import type { Fault, FaultInjector } from '../../../../sandbox/organization/fault-injector';
import { awsError, CannedRequestHandler } from '../../../fakes/canned-request-handler';
import { OrganizationWorld, type WorldOptions } from '../../aws/organization-world';

const EC2 = 'Amazon Elastic Compute Cloud - Compute';
const LAST_MONTH = monthsLater(monthOf(new Date()), -1);
const PERIOD = { start: `${LAST_MONTH}-01`, end: `${monthsLater(LAST_MONTH, 1)}-01` };

interface Reading {
  readonly world: OrganizationWorld;
  readonly reader: CostReader;
  readonly pauses: number[];
}

function readingFrom(options: WorldOptions = {}): Reading {
  const world = new OrganizationWorld(options);
  const pauses: number[] = [];
  const session = world.caller({
    functionName: 'CollectCosts',
    sessionName: 'CollectCosts-2026-11-24',
    managementRoleArn: () => 'arn:aws:iam::222222222222:role/MeshCostExplorerServiceRole',
    permissions: costPermissions,
  });
  const pause = (seconds: number): Promise<void> => Promise.resolve(void pauses.push(seconds));
  return { world, reader: costExplorerCostReader(session, pause), pauses };
}

/**
 * The first calls of an operation of Cost Explorer fail in these ways, one after the other; null: that one does not.
 */
function failing(operation: string, ...codes: readonly (string | null)[]): FaultInjector {
  const left = [...codes];
  return {
    beforeCall: (call): Fault | undefined => {
      const code = call.service === 'ce' && call.operation === operation ? left.shift() : undefined;
      return code == null ? undefined : { kind: 'error', code, status: 400, message: 'no' };
    },
  };
}

describe('the reader of costs', () => {
  it('reads every page of the whole organization, by the role that reads costs, in us-east-1', async () => {
    const { world, reader } = readingFrom();

    const pages = await reader.costs(PERIOD, 'NONE');

    const calls = world.organization.calls.filter(({ service }) => service === 'ce');
    expect(pages.length).toBeGreaterThan(1);
    expect(calls).toHaveLength(pages.length);
    expect(calls[0]).toMatchObject({ region: 'us-east-1', principal: { roleName: 'MeshCostExplorerServiceRole' } });
  });

  it('hands on what can be metered as it is', async () => {
    const { reader } = readingFrom();
    const named = (name: string, query: string, contents: readonly unknown[]) =>
      contents.map((content, i) => ({ name: `${name}-${i}`, query, content }));

    const answers = {
      costAndUsage: named('costs', '', await reader.costs(PERIOD, 'NONE')),
      reservationUtilization: named('reservations', EC2, await reader.reservations(PERIOD, EC2)),
      savingsPlansUtilizationDetails: named('plans', '', await reader.savingsPlans(PERIOD)),
    };
    const metered = meterMonth(answers, new Map(), {
      reservedInstanceFairChargeback: true,
      savingsPlanFairChargeback: true,
    });

    expect(metered).toMatchObject({ ok: true, value: { estimated: expect.any(Boolean) as boolean } });
    expect(JSON.stringify(metered)).toContain('AMORTIZED_UPFRONT_DISCOUNT');
    expect(JSON.stringify(answers)).not.toContain('$metadata');
  });

  it('leaves taxes out on demand', async () => {
    const { reader } = readingFrom();

    expect(JSON.stringify(await reader.costs(PERIOD, 'NONE'))).toContain('"Tax"');
    expect(JSON.stringify(await reader.costs(PERIOD, 'EXCLUDE_TAX'))).not.toContain('"Tax"');
  });

  it('reads the reservations of every service that Cost Explorer knows them of', async () => {
    const { reader } = readingFrom();
    const found: [string, string[]][] = [];
    for (const service of RESERVABLE_SERVICES) {
      const pages = JSON.stringify(await reader.reservations(PERIOD, service));
      found.push([service, [...pages.matchAll(/"subscriptionId":"([^"]+)"/g)].map(([, id = '']) => id)]);
    }

    expect(Object.fromEntries(found)).toEqual({
      [EC2]: [expect.any(String)],
      'Amazon Relational Database Service': [expect.any(String)],
      'Amazon ElastiCache': [],
      'Amazon Redshift': [],
      'Amazon Elasticsearch Service': [],
    });
  });

  it('finds none where AWS has no data', async () => {
    const { reader } = readingFrom({ seed: { costs: { subscriptions: [] } } });

    expect(await reader.reservations(PERIOD, EC2)).toEqual([]);
    expect(await reader.savingsPlans(PERIOD)).toEqual([]);
  });

  it('waits longer and longer when it has asked too fast', async () => {
    const { reader, pauses } = readingFrom({
      faults: failing('GetCostAndUsage', 'LimitExceededException', 'LimitExceededException'),
    });

    expect((await reader.costs(PERIOD, 'NONE')).length).toBeGreaterThan(1);
    expect(pauses).toEqual([1, 2]);
  });

  it('gives up when that does not help', async () => {
    const { reader } = readingFrom({
      faults: failing('GetCostAndUsage', ...Array<string>(20).fill('LimitExceededException')),
    });

    await expect(reader.costs(PERIOD, 'NONE')).rejects.toThrow('AWS refused to read the costs of the organization');
  });

  it.each(['RequestChangedException', 'InvalidNextTokenException'])('begins again after %s', async (code) => {
    const { reader } = readingFrom({ faults: failing('GetCostAndUsage', code) });
    const undisturbed = await readingFrom().reader.costs(PERIOD, 'NONE');

    expect(await reader.costs(PERIOD, 'NONE')).toHaveLength(undisturbed.length);
    expect(reader.answeredPages()).toBe(undisturbed.length);
  });

  it('gives up when its pages change again and again', async () => {
    const { world, reader } = readingFrom({
      faults: failing('GetCostAndUsage', ...Array<string>(20).fill('RequestChangedException')),
    });

    await expect(reader.costs(PERIOD, 'NONE')).rejects.toThrow('read the costs of the organization');
    expect(world.callsOf('GetCostAndUsage')).toHaveLength(3);
  });

  it('takes an empty token for the end', async () => {
    const page = { ResultsByTime: [], NextPageToken: '' };
    const { settings } = new CannedRequestHandler({ body: page }, awsError('ValidationException'));
    const credentials = () => Promise.resolve(settings.credentials);
    const session = new OrganizationWorld().caller({
      settings,
      caller: { management: credentials, automation: credentials },
    });

    expect(await costExplorerCostReader(session, () => Promise.resolve()).costs(PERIOD, 'NONE')).toEqual([page]);
  });

  it.each([
    {
      operation: 'GetReservationUtilization',
      read: (reader: CostReader) => reader.reservations(PERIOD, EC2),
      what: 'read the reservations of the organization',
    },
    {
      operation: 'GetSavingsPlansUtilizationDetails',
      read: (reader: CostReader) => reader.savingsPlans(PERIOD),
      what: 'read the Savings Plans of the organization',
    },
  ])('takes only a lack of data for none of $operation', async ({ operation, read, what }) => {
    const { reader } = readingFrom({ faults: failing(operation, 'ValidationException') });

    await expect(read(reader)).rejects.toThrow(what);
  });

  it('asks what it has the right to ask, and nothing else', async () => {
    const { world, reader } = readingFrom();
    await reader.costs(PERIOD, 'NONE');
    await reader.reservations(PERIOD, EC2);
    await reader.savingsPlans(PERIOD);

    const asked = world.organization.calls.filter(({ service }) => service === 'ce');
    expect(new Set(asked.map(({ operation }) => `ce:${operation}`))).toEqual(new Set(costPermissions.management));
  });

  it('counts the pages that it had to read once more', async () => {
    const { reader } = readingFrom({
      faults: failing('GetCostAndUsage', null, 'RequestChangedException'),
    });
    const undisturbed = await readingFrom().reader.costs(PERIOD, 'NONE');

    expect(await reader.costs(PERIOD, 'NONE')).toHaveLength(undisturbed.length);
    expect(reader.answeredPages()).toBe(undisturbed.length + 1);
  });

  it.each([
    {
      code: 'BillExpirationException',
      reason: 'does not keep the costs',
      remedy: /Collect a later month: Cost Explorer keeps 14 months\. .* GET \/usage-reports\/\{month\}/u,
    },
    {
      code: 'DataUnavailableException',
      reason: 'has no costs',
      remedy: /Cost Explorer is turned on .* asks again\.$/u,
    },
  ])('takes no costs for nothing after $code, and names the months and a remedy', async ({ code, reason, remedy }) => {
    const { reader } = readingFrom({ faults: failing('GetCostAndUsage', code) });

    await expect(reader.costs(PERIOD, 'NONE')).rejects.toMatchObject({
      name: 'RejectedError',
      reason: `Cost Explorer ${reason} from ${PERIOD.start} to ${PERIOD.end} (end exclusive)${code.startsWith('Bill') ? ' any more' : ''} (${code}: no).`,
      remedy: expect.stringMatching(remedy) as string,
      cause: { name: code },
    });
  });

  it('says so of months that are kept no longer, by whichever error', async () => {
    const { reader } = readingFrom();
    const long = monthsLater(LAST_MONTH, -20);

    await expect(
      reader.costs({ start: `${long}-01`, end: `${monthsLater(long, 1)}-01` }, 'NONE'),
    ).rejects.toMatchObject({
      name: 'RejectedError',
      reason: expect.stringMatching(/does not keep the costs .*haven't enabled historical data beyond/u) as string,
    });
  });

  it('says what to do when the role may not read', async () => {
    const { reader } = readingFrom({ faults: failing('GetCostAndUsage', 'AccessDeniedException') });

    await expect(reader.costs(PERIOD, 'NONE')).rejects.toMatchObject({ name: 'RejectedError', denied: true });
  });
});
