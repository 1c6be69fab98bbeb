import path from 'node:path';

import { AdoptionAcceptedSchema, AdoptionSchema, ProposalsSchema } from '../../functions/api/adoption-responses';
import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../../sandbox/environment';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { embeddedStage } from '../../sandbox/runtime/stage/embedded-stage';
import type { ApiAnswer, Stage } from '../../sandbox/runtime/stage/stage';
import { accountIdOf, legacyAccounts, rowOf } from './adopted-organization';

jest.setTimeout(120_000);

describe('adopting accounts where groups are made by SCIM', () => {
  let stage: Stage;

  afterEach(async () => {
    await stage.stop();
  });

  const call = (method: 'GET' | 'POST', at: string, query: Readonly<Record<string, string>>, body?: object) =>
    stage.callApi({ method, path: at, query, ...(body === undefined ? {} : { body }) });

  const eventually = async <Found>(ask: () => Promise<Found>, isThere: (found: Found) => boolean): Promise<Found> => {
    for (let seconds = 0; seconds < stage.patienceSeconds; seconds += 1) {
      const found = await ask();
      if (isThere(found)) return found;
      await stage.pause();
    }
    throw new Error('It takes too long.');
  };

  const proposalsIn = ({ status, body }: ApiAnswer) => {
    if (status !== 200) throw new Error(JSON.stringify(body));
    return ProposalsSchema.parse(body);
  };

  it('tells beforehand which groups would be made, and makes them', async () => {
    const configuration = loadConfiguration(path.join(projectRoot, 'sandbox', 'config-scim'));
    const organization = exampleOrganization({ configuration });
    const world = { ...organization, accounts: [...organization.accounts, ...legacyAccounts(3)] };
    stage = await embeddedStage(configuration, 4711, { world });
    const mapping = [0, 1, 2].map((one) => rowOf(accountIdOf(one), one, { landingZone: 'aws-sandbox' }));

    const asked = proposalsIn(await call('POST', '/adoptions', { dryRun: 'true' }, { mapping }));
    const { proposals, token, refused } = await eventually(
      async () => proposalsIn(await call('POST', '/adoptions', { dryRun: 'true' }, { id: asked.id })),
      (found) => found.token !== null,
    );
    expect(refused).toBe(0);
    const told = proposals.flatMap(
      ({ changes }) => changes?.filter(({ state }) => state === 'GrantAccess').map(({ what }) => what) ?? [],
    );
    const expected = [0, 1, 2].flatMap((one) =>
      ['admin', 'user', 'reader'].map((role) => `mst-legacy.app-${one}-${role}`),
    );
    expect(told).toEqual(expected.map((name) => `group ${name}`));

    const { body } = await call('POST', '/adoptions', {}, { token: token ?? '' });
    const { id } = AdoptionAcceptedSchema.parse(body);
    const adoption = await eventually(
      async () => AdoptionSchema.parse((await call('GET', `/adoptions/${id}`, {})).body),
      ({ status }) => status === 'ENDED',
    );
    expect(adoption).toMatchObject({ adopted: 3, failed: 0 });
    const groups = [...(stage.organization.state.identityCenter?.groups.values() ?? [])].map(
      ({ displayName }) => displayName,
    );
    expect(groups).toEqual(expect.arrayContaining(expected));
  });
});
