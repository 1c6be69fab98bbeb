import { groupDirectory } from '../../../../functions/aws/identity-center/group-directory';
import { OrganizationWorld } from '../organization-world';

const TOKEN = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:scim-token-AbCdEf';
const identityStore = { region: 'eu-central-1', identityStoreId: 'd-1234567890', instanceArn: null };
const nobody = { membersOf: () => [], record: () => Promise.resolve() };

describe('the directory of groups that a plan names', () => {
  const requests: [string, unknown][] = [];
  const asked: unknown[] = [];

  const directory = (scim: { endpoint: string; tokenSecretArn: string } | null) =>
    groupDirectory(
      new OrganizationWorld().caller({
        secrets: {
          externalId: () => Promise.resolve(''),
          scimAccessToken: (...given) => Promise.resolve(`token ${asked.push(['token', ...given])}`),
        },
        pacer: { pace: (...given) => Promise.resolve(void asked.push(given)) },
      }),
      { ...identityStore, scim } as never,
      nobody,
    );

  beforeEach(() => {
    requests.length = 0;
    asked.length = 0;
  });

  it('is that of SCIM, no faster than that answers, by a token that is read again where it is refused', async () => {
    const answers = [new Response('', { status: 401 }), Response.json({ Resources: [] }), Response.json({ id: 'g-1' })];
    const send = jest.spyOn(globalThis, 'fetch').mockImplementation((url, { method, headers } = {}) => {
      requests.push([
        `${method} ${new URL(typeof url === 'string' ? url : '').pathname}`,
        new Headers(headers).get('authorization'),
      ]);
      return Promise.resolve(answers.shift() ?? new Response());
    });
    try {
      const groups = directory({ endpoint: 'https://scim.example/t/scim/v2', tokenSecretArn: TOKEN });
      expect(await groups.findGroup('mst-admins')).toBeUndefined();
      expect(await groups.createGroup({ name: 'mst-admins', mark: 'mark' })).toBe('g-1');
    } finally {
      send.mockRestore();
    }
    expect(asked).toEqual([
      ['scim', 'read'],
      ['token', TOKEN, false],
      ['scim', 'read'],
      ['token', TOKEN, true],
      ['scim', 'write'],
      ['token', TOKEN, false],
    ]);
    expect(requests).toEqual([
      ['GET /t/scim/v2/Groups', 'Bearer token 2'],
      ['GET /t/scim/v2/Groups', 'Bearer token 4'],
      ['POST /t/scim/v2/Groups', 'Bearer token 6'],
    ]);
  });

  it('is the identity store where the plan names no SCIM', async () => {
    await directory(null)
      .findGroup('mst-admins')
      .catch(() => undefined);
    expect(asked).toEqual([['identitystore', 'GetGroupId']]);
  });
});
