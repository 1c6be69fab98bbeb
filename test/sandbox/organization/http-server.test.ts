import { type AddressInfo, createServer } from 'node:net';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { serveOrganization, type ServedOrganization } from '../../../sandbox/organization/http-server';
import { administrator, AUTOMATION, MANAGEMENT, organizationUnderTest, outcomeOf } from './organization-under-test';

describe('the organization over HTTP', () => {
  const served: ServedOrganization[] = [];
  const serve = async (options: Parameters<typeof organizationUnderTest>[0] = {}) => {
    const test = organizationUnderTest(options);
    const server = await serveOrganization(test.organization);
    served.push(server);
    const settings = { region: 'us-east-1', endpoint: server.endpoint, maxAttempts: 1 };
    return {
      ...test,
      endpoint: server.endpoint,
      settingsOf: (id: string) => ({ ...settings, credentials: administrator(id) }),
    };
  };

  afterEach(async () => {
    await Promise.all(served.splice(0).map((one) => one.close()));
  });

  it('answers as in-process, in JSON and in XML', async () => {
    const { organizations, settingsOf } = await serve();
    const overHttp = await new OrganizationsClient(settingsOf(MANAGEMENT)).send(new ListAccountsCommand({}));
    const inProcess = await organizations.send(new ListAccountsCommand({}));
    expect(overHttp.Accounts).toEqual(inProcess.Accounts);

    const role = { RoleName: 'R&D', AssumeRolePolicyDocument: '{"a":"<&>"}' };
    expect(await outcomeOf(new IAMClient(settingsOf(AUTOMATION)).send(new CreateRoleCommand(role)))).toBe(
      'ValidationError',
    );
  });

  it('closes the socket where a fault breaks the connection', async () => {
    const { settingsOf } = await serve({ faults: { beforeCall: () => ({ kind: 'connection-reset' }) } });
    const client = new OrganizationsClient(settingsOf(MANAGEMENT));
    await expect(client.send(new ListAccountsCommand({}))).rejects.toThrow('socket hang up');
  });

  it('tells an unsigned caller what is missing', async () => {
    const { endpoint } = await serve();
    const answer = await fetch(endpoint, { method: 'POST', body: 'Action=GetCallerIdentity' });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  it('names a service and an operation that it does not have', async () => {
    const { endpoint } = await serve();
    const signed = (service: string) => ({
      method: 'POST',
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${MANAGEMENT}/20261124/us-east-1/${service}/aws4_request, Signature=0`,
        'x-amz-target': 'AWSOrganizationsV20161128.LeaveOrganization',
      },
    });
    expect(await (await fetch(endpoint, signed('s3'))).json()).toMatchObject({
      message: expect.stringContaining('"s3"') as string,
    });
    expect(await (await fetch(endpoint, signed('organizations'))).json()).toMatchObject({
      Message: expect.stringContaining('organizations:LeaveOrganization') as string,
    });
  });

  it('rejects a port that is in use', async () => {
    const { organization } = organizationUnderTest();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(serveOrganization(organization, { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await new Promise((resolve) => other.close(resolve));
  });
});
