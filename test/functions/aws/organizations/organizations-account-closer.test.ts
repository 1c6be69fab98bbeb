import { organizationsAccountCloser } from '../../../../functions/aws/organizations/organizations-account-closer';
import { expectRejected } from '../../../fakes/expect-rejected';
import { faultsFor, MEMBER, OrganizationWorld, refusal } from '../organization-world';

const close = (world: OrganizationWorld) => organizationsAccountCloser(world.caller()).close(MEMBER);

const refusedFor = (Reason: string) =>
  new OrganizationWorld({
    faults: faultsFor('CloseAccount', refusal('ConstraintViolationException', 400, { Reason })),
  });

describe('asking AWS Organizations to close an account', () => {
  it('has it closed', async () => {
    const world = new OrganizationWorld();
    expect(await close(world)).toBe('taken');
    expect(world.callsOf('CloseAccount').map(({ input }) => input)).toEqual([{ AccountId: MEMBER }]);
  });

  it('has nothing to do where it is closed already', async () => {
    const faults = faultsFor('CloseAccount', refusal('AccountAlreadyClosedException'));
    expect(await close(new OrganizationWorld({ faults }))).toBe('done');
  });

  it('is told to come later where AWS takes requests again by itself', async () => {
    expect(await close(refusedFor('CLOSE_ACCOUNT_REQUESTS_LIMIT_EXCEEDED'))).toMatchObject({
      waitSeconds: expect.any(Number) as number,
    });
  });

  it('gives up where AWS refuses, and names what it was doing', async () => {
    await expectRejected(
      close(refusedFor('CANNOT_CLOSE_MANAGEMENT_ACCOUNT')),
      `refused to close account ${MEMBER}`,
      'nothing has to be closed',
    );
    const faults = faultsFor('CloseAccount', refusal('AccessDeniedException'));
    await expectRejected(close(new OrganizationWorld({ faults })), `close account ${MEMBER} (AccessDenied`, 'policies');
  });
});
