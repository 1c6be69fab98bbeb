import { rmSync } from 'node:fs';

import { exampleAuthorization } from '../../sandbox/organization/authorization/example-authorization';
import { seededRandom } from '../../sandbox/organization/draw';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../sandbox/organization/example-organization';
import { type ServedOrganization, serveOrganization } from '../../sandbox/organization/http-server';
import { awsLatencies } from '../../sandbox/organization/latencies';
import { Organization } from '../../sandbox/organization/organization';
import { CONFIGURATION } from '../functions/preflight/preflight-world';
import { nodeAlone, runAccountVending } from './run-npm';

describe('account-vending preflight --direct', () => {
  let programs: string;
  let served: ServedOrganization;

  beforeAll(async () => {
    programs = nodeAlone();
    const organization = new Organization({
      seed: { ...exampleOrganization(), functions: [] },
      clock: { now: () => Date.now() },
      latencies: awsLatencies,
      random: seededRandom(1),
      authorization: exampleAuthorization(CONFIGURATION),
    });
    served = await serveOrganization(organization);
  });

  afterAll(async () => {
    rmSync(programs, { recursive: true });
    await served.close();
  });

  it('finds on the local AWS what is missing there, by the usual variables of AWS', async () => {
    const { exitCode, stdout, stderr } = await runAccountVending(
      ['preflight', '--direct', '--config', 'sandbox/config', '--json'],
      {
        programs,
        variables: {
          AWS_ENDPOINT_URL: served.endpoint,
          AWS_REGION: 'eu-central-1',
          AWS_ACCESS_KEY_ID: '111111111111',
          AWS_SECRET_ACCESS_KEY: 'test',
          VENDING_EXTERNAL_ID: EXAMPLE_EXTERNAL_ID,
        },
      },
    );

    const { status, checks } = JSON.parse(stdout) as { status: string; checks: { id: string; result: string }[] };
    expect(checks.filter(({ result }) => result === 'failed' || result === 'unknown').map(({ id }) => id)).toEqual([
      'landing-zone-function:aws-dev',
    ]);
    expect([status, exitCode]).toEqual(['FINDINGS', 1]);
    expect(stderr).toContain('assumed-role/vending-RunPreflight');
  });
});
