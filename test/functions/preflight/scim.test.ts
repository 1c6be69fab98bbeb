import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { type ServedScim, serveScim } from '../../../sandbox/organization/scim/scim-server';
import { CONFIGURATION, findingsIn, PreflightWorld } from './preflight-world';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:scim-token-AbCdEf';
let served: ServedScim;

beforeAll(async () => {
  served = await serveScim(new PreflightWorld().organization, { token: () => 'good' });
});

afterAll(() => served.close());

function bySso(scimEndpoint: string): Configuration {
  const { awsIdentityStore, ...platform } = CONFIGURATION.platform;
  if (awsIdentityStore === undefined) throw new Error('The example configuration has no identity store.');
  const awsSso = { ...awsIdentityStore, scimEndpoint, ssoAccessToken: { secretArn: SECRET } };
  return { ...CONFIGURATION, platform: { ...platform, awsSso } };
}

describe('preflight where groups are made by SCIM', () => {
  it('finds nothing where the endpoint lets it in', async () => {
    const configuration = bySso(served.endpoint);
    const reports = await new PreflightWorld({ configuration, scimAccessToken: 'good' }).look();
    expect(findingsIn(reports)).toEqual([]);
    expect(reports.find(({ id }) => id === 'identity-store')).toMatchObject({ result: 'ok' });
  });

  it('tells that the endpoint does not take the token, and where to put another', async () => {
    const configuration = bySso(served.endpoint);
    const reports = await new PreflightWorld({ configuration, scimAccessToken: 'old' }).look();
    expect(findingsIn(reports)).toEqual(['identity-store']);
    expect(JSON.stringify(reports)).toContain(`put it as plain text into the secret ${SECRET}`);
  });

  it('does not know whether an endpoint that cannot be reached would do', async () => {
    const configuration = bySso('http://127.0.0.1:9/scim/v2/');
    const reports = await new PreflightWorld({ configuration, scimAccessToken: 'good' }).look();
    expect(reports.find(({ id }) => id === 'identity-store')).toMatchObject({ result: 'unknown' });
  });
});
