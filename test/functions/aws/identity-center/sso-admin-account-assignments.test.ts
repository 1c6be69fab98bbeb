import { identityStoreGroupDirectory } from '../../../../functions/aws/identity-center/identity-store-group-directory';
import { ssoAdminAccountAssignments } from '../../../../functions/aws/identity-center/sso-admin-account-assignments';
import { MEMBER, OrganizationWorld, type WorldOptions } from '../organization-world';

const identityStore = {
  region: 'eu-central-1',
  identityStoreId: 'd-1234567890',
  instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
};
const permissionSet = (id: string) => `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${id}`;
const ADMINISTRATOR = permissionSet('ad00000000000001');
const AUTOMATION = '333333333333';

async function assignmentsIn(options: WorldOptions = {}) {
  const world = new OrganizationWorld(options);
  const session = world.caller({ permissions: { management: ['identitystore:*', 'sso:*'] } });
  const directory = identityStoreGroupDirectory(session, identityStore);
  const groupId = await directory.createGroup({ name: 'mst-shop-admin', mark: 'ours' });
  const assignments = ssoAdminAccountAssignments(session, identityStore);
  const assignment = { accountId: MEMBER, groupId, permissionSetArn: ADMINISTRATOR };
  const made = async (change = assignment) => {
    const started = await assignments.create(change);
    world.pass(30);
    return started;
  };
  return { world, directory, assignments, assignment, groupId, made };
}

const requestIdOf = (started: unknown): string => (started as { requestId: string }).requestId;

describe('account assignments', () => {
  it('are made and taken away by requests that are looked at', async () => {
    const { world, assignments, assignment, groupId } = await assignmentsIn();
    const creation = requestIdOf(await assignments.create(assignment));
    expect(await assignments.describe('creation', creation)).toEqual({ state: 'IN_PROGRESS', reason: null });
    world.pass(30);
    expect(await assignments.describe('creation', creation)).toEqual({ state: 'SUCCEEDED', reason: null });
    expect(await assignments.listOfGroup(MEMBER, groupId)).toEqual([ADMINISTRATOR]);
    const deletion = requestIdOf(await assignments.delete(assignment));
    world.pass(30);
    expect(await assignments.describe('deletion', deletion)).toEqual({ state: 'SUCCEEDED', reason: null });
    expect(await assignments.listOfGroup(MEMBER, groupId)).toEqual([]);
  });

  it('are listed for the one account', async () => {
    const { assignments, assignment, groupId, made } = await assignmentsIn();
    await made({ ...assignment, accountId: AUTOMATION });
    expect(await assignments.listOfGroup(MEMBER, groupId)).toEqual([]);
    expect(await assignments.listOfGroup(AUTOMATION, groupId)).toEqual([ADMINISTRATOR]);
  });

  it('wait for a request that is at work on the same one', async () => {
    const { assignments, assignment } = await assignmentsIn();
    await assignments.create(assignment);
    expect(await assignments.create(assignment)).toBe('busy');
  });

  it.each(['ThrottlingException', 'ConflictException', 'ServiceQuotaExceededException'])(
    'wait for a place when AWS says %s',
    async (code) => {
      const faults = {
        beforeCall: ({ operation }: { readonly operation: string }) =>
          operation === 'CreateAccountAssignment'
            ? ({ kind: 'error', code, status: 400, message: 'Too many.' } as const)
            : undefined,
      };
      const { assignments, assignment } = await assignmentsIn({ faults });
      expect(await assignments.create(assignment)).toBe('busy');
    },
  );

  it('are absent where the permission set is, or the assignment itself', async () => {
    const { assignments, assignment } = await assignmentsIn();
    const unknown = { ...assignment, permissionSetArn: permissionSet('0000000000000000') };
    const absent = { absent: expect.stringContaining('ResourceNotFoundException: ') as string };
    expect(await assignments.create(unknown)).toEqual(absent);
    expect(await assignments.delete(assignment)).toEqual(absent);
  });

  it('fail with the reason of Identity Center', async () => {
    const { assignments, made } = await assignmentsIn({
      faults: { accountAssignment: () => 'The role is protected.' },
    });
    const look = await assignments.describe('creation', requestIdOf(await made()));
    expect(look).toEqual({ state: 'FAILED', reason: 'The role is protected.' });
  });

  it('may be forgotten', async () => {
    const { assignments } = await assignmentsIn();
    const look = await assignments.describe('creation', '11111111-1111-4111-8111-111111111111');
    expect(look).toEqual({ state: 'UNKNOWN', reason: null });
  });
});
