import { STARTED_FAULTS, type StartedFault, startedFaults } from '../../../sandbox/commands/started-faults';
import { seededRandom } from '../../../sandbox/organization/draw';
import { accountVending } from '../../../command/run';
import { screenOf } from '../../../operator/screen';

const all = new Set<StartedFault>(STARTED_FAULTS);
const call = { service: 'organizations', operation: 'CreateAccount', input: {}, callerFunction: 'Api', write: true };

describe('the faults of npm start', () => {
  it('let the first creation of each account fail, and the next one go well', () => {
    const { accountCreation } = startedFaults(new Set(['creation-failures']), seededRandom(1));
    const of = (email: string): string | undefined => accountCreation?.({ email, accountName: 'any' });
    expect([of('a@x'), of('a@x'), of('b@x'), of('b@x')]).toEqual([
      'ACCOUNT_LIMIT_EXCEEDED',
      undefined,
      'ACCOUNT_LIMIT_EXCEEDED',
      undefined,
    ]);
  });

  it('are those that are named, and no others', () => {
    const none = startedFaults(new Set(), () => 0);
    expect(none.beforeCall?.(call)).toBeUndefined();
    expect(none.accountFactory?.({ recordType: 'PROVISION_PRODUCT', email: 'a@x' })).toBeUndefined();
    const instance = { stackSet: 'network', accountId: '1', region: 'eu-central-1' };
    expect(none.stackInstance?.(instance)).toBeUndefined();
    const some = startedFaults(new Set(['stack-instance-failures', 'factory-failed']), () => 0);
    expect(some.stackInstance?.(instance)).toMatchObject({ status: 'OUTDATED' });
    expect(some.stackInstance?.({ ...instance, region: 'eu-west-1' })).toBeDefined();
    expect(some.accountFactory?.({ recordType: 'PROVISION_PRODUCT', email: 'a@x' })).toContain('baseline');
    expect(some.stackSetChange?.({ stackSet: 'network' })).toBe(false);
  });

  it('meet about one in ten calls of functions, and no call of a person', () => {
    const { beforeCall } = startedFaults(all, seededRandom(7));
    const met = Array.from({ length: 1000 }, () => beforeCall?.(call)).filter((fault) => fault !== undefined);
    expect(met.length).toBeGreaterThan(50);
    expect(met.length).toBeLessThan(150);
    expect(new Set(met.map(({ kind }) => kind))).toEqual(new Set(['error', 'connection-reset', 'lost-answer']));
    expect(Array.from({ length: 1000 }, () => beforeCall?.({ ...call, callerFunction: null }))).not.toContainEqual(
      expect.anything(),
    );
  });

  it('are refused where there is none of that name, before anything starts', async () => {
    const context = {
      print: () => undefined,
      notify: () => undefined,
      pause: () => Promise.resolve(),
      now: () => new Date(0),
      screen: screenOf({}),
    };
    await expect(accountVending(['start', '--faults', 'throttles,creation-failure'], context)).rejects.toThrow(
      /'creation-failure' is none of .*Did you mean creation-failures\?/u,
    );
  });
});
