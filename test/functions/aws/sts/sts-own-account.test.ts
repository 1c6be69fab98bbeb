import { stsOwnAccount } from '../../../../functions/aws/sts/sts-own-account';
import { TransientError } from '../../../../functions/domain/base/errors';
import { faultsFor, OrganizationWorld, refusal } from '../organization-world';

const MESHCLOUD = '111111111111';

describe('the account of the application', () => {
  const asked = ({ organization }: OrganizationWorld): number =>
    organization.calls.filter(({ operation }) => operation === 'GetCallerIdentity').length;

  it('is the one of the functions’ own roles, and is asked for once in a container', async () => {
    const world = new OrganizationWorld();
    const { settings } = world.caller();
    expect(await stsOwnAccount(settings, 'Intake').id()).toBe(MESHCLOUD);
    expect(await stsOwnAccount(settings, 'Intake').id()).toBe(MESHCLOUD);
    expect(asked(world)).toBe(1);
  });

  it('is asked for again after a failure', async () => {
    const world = new OrganizationWorld({ faults: faultsFor('GetCallerIdentity', refusal('Throttling')) });
    const { settings } = world.caller();
    await expect(stsOwnAccount(settings, 'Intake').id()).rejects.toThrow(TransientError);
    expect(await stsOwnAccount(settings, 'Intake').id()).toBe(MESHCLOUD);
  });

  it('is asked for again where the first question is never answered, since its invocation has ended', async () => {
    const world = new OrganizationWorld();
    const { settings } = world.caller();
    const handler = settings.requestHandler as { handle: (...given: unknown[]) => unknown };
    const handle = jest.spyOn(handler, 'handle').mockReturnValueOnce(new Promise(() => undefined));
    void stsOwnAccount(settings, 'GuardAccount').id();
    while (handle.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));

    expect(await stsOwnAccount(settings, 'GuardAccount').id()).toBe(MESHCLOUD);
  });
});
