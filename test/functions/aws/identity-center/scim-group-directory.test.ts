import type { Request } from 'express';

import { groupDirectory } from '../../../../functions/aws/identity-center/group-directory';
import { scimGroupDirectory } from '../../../../functions/aws/identity-center/scim-group-directory';
import type { ScimEndpoint } from '../../../../functions/aws/identity-center/scim-client';
import { type Interruption, type ServedScim, serveScim } from '../../../../sandbox/organization/scim/scim-server';
import { expectRejected } from '../../../fakes/expect-rejected';
import { memoryAddedMembers } from '../../../fakes/memory-added-members';
import { groupDirectorySuite } from './group-directory-suite';
import { OrganizationWorld } from '../organization-world';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:scim-AbCdEf';
const served: ServedScim[] = [];

afterEach(async () => {
  await Promise.all(served.splice(0).map((one) => one.close()));
});

interface ScimWorld {
  readonly interrupt?: (request: Request) => Interruption | undefined;
  /** What the secret holds, read after read; the last one stays. */
  readonly tokens?: readonly string[];
  readonly people?: number;
}

async function scimWorld({ interrupt, tokens = ['good'], people = 0 }: ScimWorld = {}) {
  const { organization } = new OrganizationWorld();
  const users = Array.from({ length: people }, (_, index) => ({ id: `u-${index}`, userName: `p-${index}` }));
  for (const user of users) {
    const names = { displayName: user.userName, givenName: 'P', familyName: 'P', email: null };
    organization.state.identityCenter?.users.set(user.id, { ...user, ...names });
  }
  const requests: string[] = [];
  const server = await serveScim(organization, {
    token: () => 'good',
    interrupt: (request) => {
      requests.push(`${request.method} ${decodeURIComponent(request.url.replace(/^.*\/scim\/v2/u, ''))}`);
      return interrupt?.(request);
    },
  });
  served.push(server);
  const pauses: number[] = [];
  const reads: boolean[] = [];
  const endpoint: ScimEndpoint = {
    endpoint: server.endpoint,
    tokenSecretArn: SECRET,
    accessToken: (fresh) => {
      reads.push(fresh);
      return Promise.resolve(tokens[Math.min(reads.filter(Boolean).length, tokens.length - 1)] ?? '');
    },
    pause: (milliseconds) => {
      pauses.push(milliseconds);
      return Promise.resolve();
    },
  };
  const addedMembers = memoryAddedMembers();
  const again = () => scimGroupDirectory(endpoint, addedMembers);
  return { directory: again(), again, organization, requests, pauses, reads, addedMembers, endpoint };
}

/** The same interruption for the first calls that match. */
function first(count: number, matches: RegExp, interruption: Interruption) {
  let left = count;
  return ({ method, url }: Request): Interruption | undefined =>
    matches.test(`${method} ${decodeURIComponent(url)}`) && left-- > 0 ? interruption : undefined;
}

describe('groups in the identity store, by SCIM', () => {
  it.each(Object.entries(groupDirectorySuite))('%s', async (_, tries) => {
    await expect(tries(await scimWorld())).resolves.toBeUndefined();
  });
});

describe('a SCIM endpoint', () => {
  it('gets at most 100 changes of members in a call', async () => {
    const { directory, requests, addedMembers } = await scimWorld({ people: 230 });
    const groupId = await directory.createGroup({ name: 'mst-shop-admin', mark: 'ours' });
    const users = Array.from({ length: 230 }, (_, index) => `u-${index}`);
    await directory.addMembers(groupId, users);
    expect(requests.filter((one) => one.startsWith('PATCH'))).toHaveLength(3);
    const members = (await directory.listMembers(groupId)) ?? [];
    expect(members).toHaveLength(230);
    await directory.removeMembers(groupId, members);
    expect(requests.filter((one) => one.startsWith('PATCH'))).toHaveLength(6);
    expect(addedMembers.membersOf(groupId)).toEqual([]);
  });

  it('knows members whose addition was not answered', async () => {
    const { directory, again } = await scimWorld({ people: 1, interrupt: first(1, /^PATCH/u, 'lost-answer') });
    const groupId = await directory.createGroup({ name: 'mst-shop-admin', mark: 'ours' });
    await expect(directory.addMembers(groupId, ['u-0'])).rejects.toMatchObject({ name: 'TransientError' });
    expect(await again().listMembers(groupId)).toEqual([{ userId: 'u-0', membershipId: 'u-0' }]);
  });

  it('knows members who could not be taken out', async () => {
    let isWell = true;
    const interrupt = ({ method }: Request) => (method === 'PATCH' && !isWell ? { status: 500, body: '' } : undefined);
    const { directory, again } = await scimWorld({ people: 1, interrupt });
    const groupId = await directory.createGroup({ name: 'mst-shop-admin', mark: 'ours' });
    await directory.addMembers(groupId, ['u-0']);
    isWell = false;
    const member = { userId: 'u-0', membershipId: 'u-0' };
    await expect(directory.removeMembers(groupId, [member])).rejects.toMatchObject({ name: 'TransientError' });
    expect(await again().listMembers(groupId)).toEqual([member]);
  });

  it('writes nothing down where nobody new comes in', async () => {
    const { directory, addedMembers } = await scimWorld({ people: 1 });
    const groupId = await directory.createGroup({ name: 'mst-shop-admin', mark: 'ours' });
    await directory.addMembers(groupId, ['u-0']);
    const record = jest.spyOn(addedMembers, 'record');
    await directory.addMembers(groupId, ['u-0']);
    expect(record).not.toHaveBeenCalled();
  });

  it('is called again in its own rhythm when it is throttled', async () => {
    const throttle = { status: 429, headers: { 'retry-after': '4' } };
    const { directory, pauses } = await scimWorld({ interrupt: first(2, /Users/u, throttle) });
    expect((await directory.findUsers(['jane@corp.example'])).size).toBe(1);
    expect(pauses).toEqual([4000, 4000]);
  });

  it.each([
    ['is throttled for long', { status: 429, headers: { 'retry-after': '900' } }, 3],
    ['has a fault', { status: 500 }, 1],
    ['is unavailable behind a gateway', { status: 503, body: '<html>' }, 1],
    ['meets another change', { status: 409 }, 1],
    ['breaks the connection', 'lost-answer', 1],
  ] as const)('is tried again later when it %s', async (_, interruption, calls) => {
    const { directory, requests, pauses } = await scimWorld({ interrupt: () => interruption });
    await expect(directory.findGroup('mst-shop-admin')).rejects.toMatchObject({ name: 'TransientError' });
    expect(requests).toHaveLength(calls);
    expect(Math.max(0, ...pauses)).toBeLessThanOrEqual(10_000);
  });

  it('is not followed to another address, which would learn the token', async () => {
    const moved = { status: 307, headers: { location: '?elsewhere' } };
    const { directory, requests } = await scimWorld({ interrupt: first(1, /Groups/u, moved) });
    await expect(directory.findGroup('mst-shop-admin')).rejects.toMatchObject({ name: 'TransientError' });
    expect(requests).toHaveLength(1);
  });

  it('is tried again later when nobody listens', async () => {
    const { endpoint, addedMembers } = await scimWorld();
    const nowhere = scimGroupDirectory({ ...endpoint, endpoint: 'http://127.0.0.1:9/scim/v2' }, addedMembers);
    await expect(nowhere.findGroup('mst-shop-admin')).rejects.toMatchObject({
      name: 'TransientError',
      message: expect.stringContaining('could not be reached') as string,
    });
  });

  it('is asked with a token that was read again when the first is refused', async () => {
    const { directory, reads } = await scimWorld({ tokens: ['old', 'good'] });
    expect(await directory.findGroup('mst-shop-admin')).toBeUndefined();
    expect(reads).toEqual([false, true]);
  });

  it('that refuses every token says how to make a new one, and never shows it', async () => {
    const { directory, reads } = await scimWorld({ tokens: ['old-secret'] });
    const lookup = directory.findGroup('mst-shop-admin');
    await expectRejected(lookup, '401', `put it as plain text into the secret ${SECRET}`);
    await expect(lookup).rejects.not.toThrow('old-secret');
    expect(reads).toEqual([false, true]);
  });

  it.each([
    ['somebody else answers for it', { status: 404, body: '<html>Not found</html>' }],
    ['it is not the one of AWS', { status: 404, body: '{"message":"no such stage"}' }],
  ])('is never taken for people and groups that are gone: %s', async (_, interruption) => {
    const { directory } = await scimWorld({ interrupt: () => interruption });
    await expectRejected(directory.findUsers(['jane@corp.example']), '404', 'scimEndpoint');
    await expectRejected(directory.listMembers('g-1'), '404', 'scimEndpoint');
    await expectRejected(directory.deleteGroup('g-1'), '404', 'scimEndpoint');
  });

  it('that says no is told with its own words', async () => {
    const body = JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '400',
      detail: 'ValidationException: displayName',
    });
    const { directory } = await scimWorld({ interrupt: () => ({ status: 400, body }) });
    await expectRejected(
      directory.createGroup({ name: 'mst-shop-admin', mark: 'ours' }),
      'refused to create the group mst-shop-admin (400: ValidationException: displayName)',
      'awsSso',
    );
  });

  it.each([
    [401, 'RejectedError', true, 'put it as plain text'],
    [403, 'RejectedError', true, 'put it as plain text'],
    [404, 'RejectedError', false, 'whether somebody has just deleted'],
    [400, 'RejectedError', false, 'Change what the endpoint names'],
  ])('that answers %i is not asked again by itself', async (status, name, denied, remedy) => {
    const { directory } = await scimWorld({ interrupt: () => ({ status, body: '{}' }) });
    const wanted = { name, denied, remedy: expect.stringContaining(remedy) as unknown };
    await expect(directory.findGroup('mst-shop-admin')).rejects.toMatchObject(wanted);
    await expect(directory.findGroup('mst-shop-admin')).rejects.toThrow(`(${status}: no details given)`);
  });

  it.each([
    [429, true],
    [408, false],
    [409, false],
    [500, false],
  ])('that answers %i may be asked again: nothing done is %s', async (status, nothingDone) => {
    const { directory } = await scimWorld({ interrupt: () => ({ status }) });
    await expect(directory.deleteGroup('g')).rejects.toMatchObject({ name: 'TransientError', nothingDone });
  });

  it('has its pace, by what is read and what is written', async () => {
    const { endpoint, addedMembers } = await scimWorld();
    const paced: string[] = [];
    const pace = (kind: string) => Promise.resolve(void paced.push(kind));
    const directory = scimGroupDirectory(
      { ...endpoint, endpoint: `${endpoint.endpoint.replace(/\/$/u, '')}/`, pace },
      addedMembers,
    );
    const groupId = await directory.createGroup({ name: 'mst-shop-admin', mark: 'ours' });
    await directory.markOf(groupId);
    await directory.deleteGroup(groupId);
    expect(paced).toEqual(['write', 'read', 'write']);
  });

  it('gets its token without what surrounds it in the secret, and is asked by the interface of the plan', async () => {
    const { endpoint, addedMembers } = await scimWorld({ tokens: [' good\n'] });
    const reads: unknown[] = [];
    const session = {
      ...new OrganizationWorld().caller(),
      secrets: {
        externalId: () => Promise.resolve(''),
        scimAccessToken: (arn: string, fresh?: boolean) => {
          reads.push([arn, fresh]);
          return Promise.resolve(' good\n');
        },
      },
      pacer: { pace: (...asked: readonly unknown[]) => Promise.resolve(void reads.push(asked)) },
    };
    const scim = { endpoint: endpoint.endpoint, tokenSecretArn: SECRET };
    const store = { region: 'eu-central-1', identityStoreId: 'd-1234567890', instanceArn: 'arn:i', scim };
    const directory = groupDirectory(session, store, addedMembers);
    expect(await directory.findGroup('mst-shop-admin')).toBeUndefined();
    expect(reads).toEqual([
      ['scim', 'read'],
      [SECRET, false],
    ]);
    const byStore = groupDirectory(session, { ...store, scim: null }, addedMembers);
    await expect(byStore.findGroup('mst-shop-admin')).rejects.toThrow('MeshfedServiceRole-ControlTower');
  });

  it('forgets whom it has put into a group that it deletes', async () => {
    const { directory, addedMembers } = await scimWorld({ people: 1 });
    const groupId = await directory.createGroup({ name: 'mst-shop-admin', mark: 'ours' });
    const record = jest.spyOn(addedMembers, 'record');
    await directory.addMembers(groupId, ['u-0']);
    await directory.deleteGroup(groupId);
    await directory.deleteGroup(groupId);
    expect(record.mock.calls).toEqual([
      [groupId, ['u-0']],
      [groupId, []],
    ]);
  });

  it('knows nobody: they cannot be put into a group, and are taken out of it later', async () => {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
    const absent = { status: 404, body: JSON.stringify({ schemas }) };
    const { directory } = await scimWorld({ interrupt: ({ method }) => (method === 'PATCH' ? absent : undefined) });
    const groupId = await directory.createGroup({ name: 'mst-shop-admin', mark: 'ours' });
    const removed = directory.removeMembers(groupId, [{ userId: 'u-0', membershipId: 'u-0' }]);
    await expect(removed).rejects.toThrow('whom we were taking out of group');
    await expectRejected(
      directory.addMembers(groupId, ['u-0']),
      `The group ${groupId}, or somebody`,
      'Replay this run',
    );
  });
});
