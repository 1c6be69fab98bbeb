import path from 'node:path';

import { loadConfiguration } from '../../infra/config';
import { readOrders } from '../../sandbox/commands/demo/order';
import { reportOn } from '../../sandbox/commands/demo/report';
import { summaryOf } from '../../sandbox/commands/demo/summary';
import { vend } from '../../sandbox/commands/demo/vend';
import { projectRoot } from '../../sandbox/environment';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { invitedAccounts } from '../../sandbox/organization/invited-accounts';
import { embeddedStage } from '../../sandbox/runtime/stage/embedded-stage';

/** As the command does it. */
async function played(folder: string) {
  const configuration = loadConfiguration(path.join(projectRoot, 'sandbox', folder));
  const { rootId } = exampleOrganization({ configuration });
  const accountIds = invitedAccounts(configuration, rootId).map(({ id }) => id);
  const stage = await embeddedStage(configuration, 4711);
  try {
    const statuses = await vend(stage, readOrders([], accountIds), () => undefined);
    const report = await reportOn(stage, statuses);
    return { accountIds, report, summary: summaryOf(report, statuses) };
  } finally {
    await stage.stop();
  }
}

describe('the demo', () => {
  it('imports two accounts in GovCloud, enrolls one of them, and says why there are no costs', async () => {
    const { accountIds, report, summary } = await played('config-us-gov');
    expect(report.vendings.map(({ status, accountId }) => [status, accountId])).toEqual(
      accountIds.map((id) => ['VENDED', id]),
    );
    const { accounts } = report.organization;
    const products = accountIds.map((id) => accounts.find((one) => one.id === id)?.provisionedProduct?.status ?? null);
    expect(products).toEqual(['AVAILABLE', null]);
    expect(report.authorization).toMatchObject({ enforced: true, denied: 0 });
    expect(report.metering).toMatchObject({ state: 'REFUSED', tenants: [] });
    expect(summary).toContain('Usage cannot be read here: AWS GovCloud (US) has no Cost Explorer');
  });

  it('makes two accounts in the European Sovereign Cloud, where Control Tower enrolls what is moved', async () => {
    const { report } = await played('config-eusc');
    expect(report.vendings.map(({ status }) => status)).toEqual(['VENDED', 'VENDED']);
    expect(report.organization.accounts.filter(({ provisionedProduct }) => provisionedProduct !== null)).toEqual([]);
    expect(report.authorization).toMatchObject({ enforced: true, denied: 0 });
    expect(report.metering.refusal).toBeUndefined();
  });

  it('makes groups and members by SCIM, at an endpoint of the modelled identity store', async () => {
    const { report } = await played('config-scim');
    expect(report.vendings.map(({ status }) => status)).toEqual(['VENDED', 'VENDED']);
    const groups = report.organization.accounts.flatMap((account) => account.groups);
    expect(groups.map(({ name }) => name)).toContain('mst-retail.webshop-dev-admin');
    expect(groups.find(({ name }) => name === 'mst-retail.webshop-dev-admin')?.members).toEqual(['Jane@corp.example']);
    expect(report.authorization).toMatchObject({ enforced: true, denied: 0 });
  });
});
