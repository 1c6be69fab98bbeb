import path from 'node:path';

import Big from 'big.js';

import { loadConfiguration } from '../../infra/config';
import { readOrders } from '../../sandbox/commands/demo/order';
import { type DemoReport, reportOn } from '../../sandbox/commands/demo/report';
import { vend } from '../../sandbox/commands/demo/vend';
import { projectRoot } from '../../sandbox/environment';
import { embeddedStage } from '../../sandbox/runtime/stage/embedded-stage';
import type { ApiAnswer, Stage } from '../../sandbox/runtime/stage/stage';
import { unusedPermissions } from '../docs/unused-permissions';
import { expectProvisioned } from '../sandbox/commands/demo/expect-provisioned';

/** Of the column `amount`. */
function sumOfCsv(csv: unknown): string {
  const [head = '', ...rows] = String(csv).trim().split('\r\n');
  const column = head.split(',').indexOf('amount');
  return rows.reduce((sum, row) => sum.plus(row.split(',')[column] ?? ''), new Big(0)).toFixed();
}

describe('the examples of the demo, in this process', () => {
  const orders = readOrders([]);
  let stage: Stage;
  let report: DemoReport;

  beforeAll(async () => {
    stage = await embeddedStage(loadConfiguration(path.join(projectRoot, 'sandbox', 'config')), 4711);
    report = await reportOn(stage, await vend(stage, orders, () => undefined));
  });
  afterAll(async () => {
    await stage.stop();
  });

  it('are vended by the policies that are deployed, with no call refused for good', () => {
    expect(report.authorization).toMatchObject({ enforced: true, denied: 0 });
    expect(report.authorization.calls).toBeGreaterThan(100);
  });

  it('are made by sessions that tell state and tenant, and for Service Catalog by sessions of one name', () => {
    const tenants = report.vendings.map(({ tenantUuid }) => tenantUuid);
    const sessions = stage.organization.calls.flatMap(({ callerFunction, principal, service }) =>
      principal?.kind === 'session' && callerFunction !== null
        ? [{ state: callerFunction, service, name: principal.session.name }]
        : [],
    );
    const strange = sessions.filter(({ state, service, name }) => {
      if (service === 'servicecatalog') return name !== 'account-vending';
      // Costs are those of all tenants: the session tells the day.
      if (service === 'ce') return !/^CollectCosts-\d{4}-\d{2}-\d{2}$/u.test(name);
      return !tenants.some((tenantUuid) => name === `${state}-${tenantUuid ?? ''}`);
    });
    expect(strange).toEqual([]);
    expect(new Set(sessions.map(({ service }) => service))).toContain('servicecatalog');
    expect(new Set(sessions.map(({ name }) => name)).size).toBeGreaterThan(20);
  });

  it('have cost what both endpoints tell, as JSON and as CSV', async () => {
    const { month, invoiceTotal, reports, requests, tenants } = report.metering;
    const get = (path: string, format = 'json'): Promise<ApiAnswer> =>
      stage.callApi({ method: 'GET', path, query: { format } });

    expect(await get(`/usage-reports/${month}`)).toMatchObject({
      status: 200,
      body: { invoiceTotal, reports: { length: reports }, collection: { requests } },
    });
    expect(sumOfCsv((await get(`/usage-reports/${month}`, 'csv')).body)).toBe(invoiceTotal);
    expect(tenants).toHaveLength(orders.length);
    for (const { tenantUuid, total } of tenants) {
      const path = `/tenants/${tenantUuid}/usage-reports/${month}`;
      expect(await get(path)).toMatchObject({ status: 200, body: { total } });
      expect(new Big(sumOfCsv((await get(path, 'csv')).body)).toFixed(2)).toBe(total);
      expect(Number(total)).toBeGreaterThan(0);
    }
  });

  it('use every action that is granted, but for those that docs/iam-unused.md explains', () => {
    // What is granted to the session of a step, or of another function, bears its bare name.
    const roles = unusedPermissions().filter(({ holder }) => /^(?:vending-|Mesh)/u.test(holder));
    const named = ({ holder, action }: (typeof roles)[number]): string => `${holder}: ${action}`;
    const byChance = roles.filter(({ isByChance }) => isByChance).map(named);
    const explained = roles.filter(({ isByChance }) => !isByChance).map(named);

    const unused = report.authorization.unusedActions.map(({ role, action }) => `${role}: ${action}`);
    expect(byChance).toEqual([
      'MeshfedAutomationRole-StackSets: cloudformation:UpdateStackInstances',
      'vending-CheckGrants: sts:AssumeRole',
    ]);
    expect(unused.filter((one) => !byChance.includes(one)).toSorted()).toEqual(explained.toSorted());
  });

  it('leave the user of the Account Factory in no account: what AWS has given it is gone', () => {
    const { email } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config')).platform.enrollmentConfiguration
      ?.ssoUser ?? { email: '' };
    const direct = report.organization.accounts.flatMap(({ id, assignments }) =>
      assignments.filter(({ principalType }) => principalType === 'USER').map((one) => ({ id, ...one })),
    );
    expect(email).toBe('cloud@corp.example');
    expect(direct).toEqual([]);
    // It was given in the first place.
    expect(stage.organization.calls.map(({ operation }) => operation)).toContain('DeleteAccountAssignment');
  });

  it('are one account with Control Tower and one without', () => {
    const made = report.vendings.map(({ accountId }) =>
      report.organization.accounts.find(({ id }) => id === accountId),
    );
    expect(made.map((account) => account?.provisionedProduct?.status ?? null)).toEqual(['AVAILABLE', null]);
  });

  it.each(orders.map((order, index) => [order.source, order, index] as const))(
    'are provisioned as planned, by the word of an independent reader: %s',
    async (_, { desiredState }, index) => {
      const vending = report.vendings[index];
      expect(vending?.status).toBe('VENDED');
      const found = report.organization.accounts.find(({ id }) => id === vending?.accountId);
      if (found === undefined) throw new Error('Nobody has found the account.');
      await expectProvisioned(stage, desiredState, found);
    },
  );
});
