import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { DesiredStateSchema } from '../../functions/domain/desired-state/desired-state';
import { PlanSchema } from '../../functions/domain/plan/plan';
import { exportVendings } from '../../operator/export/export-vendings';
import { type Change, desiredStateJson } from '../functions/domain/examples';
import { SimulatedVending } from './simulated-vending';
import { type ApiServer, serveApi } from '../fakes/api-server';

const TENANT = desiredStateJson.tenant.metadata.uuid;
const REFUSED = '7d0c1b1e-0000-4000-8000-000000000002';
const GONE = '7d0c1b1e-0000-4000-8000-000000000003';

const ofTenant = (uuid: string, project: string, number: number): readonly Change[] => [
  ['tenant.metadata.uuid', uuid],
  ['tenant.metadata.ownedByProject', project],
  ['project.metadata.name', project],
  ['tenantPlatformNumber', number],
];

describe('the export of all tenants, read from the API itself', () => {
  let simulation: SimulatedVending;
  let server: ApiServer;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'export-'));
    simulation = new SimulatedVending();
    server = await serveApi((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
      const query = Object.fromEntries(searchParams);
      void simulation.application.callApi({ method: 'GET', path: pathname, query }).then(({ status, body }) => {
        response.writeHead(status).end(JSON.stringify(body));
      });
    });
  });

  afterEach(async () => {
    await server.close();
    simulation.stop();
    rmSync(folder, { recursive: true });
  });

  const tenantFile = (uuid: string): Record<'vending', Record<string, unknown>> =>
    JSON.parse(readFileSync(path.join(folder, 'tenants', `${uuid}.json`), 'utf8')) as never;

  it('has each with its desired state and plan, those that were refused and those that are gone among them', async () => {
    simulation.sendEvent();
    simulation.sendEvent(...ofTenant(REFUSED, 'Not A Project', 43));
    simulation.sendEvent(...ofTenant(GONE, 'gone', 44));
    await simulation.settle();
    simulation.sendEvent(
      ...ofTenant(GONE, 'gone', 44),
      ['replicationSequence', 18],
      ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
    );
    await simulation.settle();

    let printed = '';
    const apiUrl = new URL(server.url).origin;
    const context = { print: (text: string) => (printed += text), notify: () => undefined, now: () => new Date() };
    expect(await exportVendings({ json: true, apiUrl, folder }, context)).toBe(0);

    expect(JSON.parse(printed)).toMatchObject({ tenants: 3, accounts: 2 });
    expect(readdirSync(path.join(folder, 'tenants')).toSorted()).toEqual(
      [TENANT, REFUSED, GONE].map((uuid) => `${uuid}.json`).toSorted(),
    );
    const { vending } = tenantFile(TENANT);
    expect(vending['status']).toBe('VENDED');
    expect(DesiredStateSchema.parse(vending['desiredState'])).toEqual(DesiredStateSchema.parse(desiredStateJson));
    expect(PlanSchema.parse(vending['plan'])).toMatchObject({ tenantUuid: TENANT, landingZone: 'aws-dev' });
    expect(tenantFile(REFUSED).vending).toMatchObject({ status: 'REJECTED', desiredState: null, plan: null });
    expect(tenantFile(GONE).vending).toMatchObject({ status: 'CLOSED', replicationSequence: 18 });
    const [, ...accounts] = readFileSync(path.join(folder, 'accounts.csv'), 'utf8').trimEnd().split('\n');
    expect(accounts.map((line) => line.split(',').at(-1)).toSorted()).toEqual([TENANT, GONE].toSorted());
  });
});
