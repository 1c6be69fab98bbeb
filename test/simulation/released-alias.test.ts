import { awsLimits } from '../../sandbox/organization/organization-limits';
import type { Change } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const FIRST = '7d0c1b1e-0000-4000-8000-000000000001';
const SECOND = '7d0c1b1e-0000-4000-8000-000000000002';
const ALIAS = 'corp-retail-webshop-dev';

const of = (tenantUuid: string, number: number): readonly Change[] => [
  ['tenant.metadata.uuid', tenantUuid],
  ['tenantPlatformNumber', number],
];

const deletion: readonly Change[] = [
  ['replicationSequence', 18],
  ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
];

const closing: Change = ['landingZone.closeAccount', true];
const downgraded: Change = ['platform.selfDowngradeAccessRole', true];
const sealed: Change = ['platform.accessRoleProfile', 'sealed'];

describe('the alias of a tenant that has gone', () => {
  let simulation: SimulatedVending;
  afterEach(() => {
    simulation.stop();
  });

  const begin = (...changes: readonly Change[]): void => {
    simulation = new SimulatedVending({ configuration: plainConfiguration(...changes) });
  };

  const send = async (...changes: readonly Change[]): Promise<void> => {
    simulation.sendEvent(...changes);
    await simulation.settle();
  };

  const aliases = (): readonly (string | null)[] => simulation.madeAccounts.map(({ alias }) => alias);

  it.each([
    { what: 'an administrator', changes: [] },
    { what: 'downgraded', changes: [downgraded] },
    { what: 'sealed', changes: [downgraded, sealed] },
  ])(
    'is free for the tenant after it, which has the same names, where the access role is $what',
    async ({ changes }) => {
      begin(closing, ...changes);
      await send(...of(FIRST, 42));
      expect(aliases()).toEqual([ALIAS]);
      await send(...of(FIRST, 42), ...deletion);
      expect(await simulation.detail(FIRST)).toMatchObject({ status: 'CLOSED', lastError: null });
      expect(aliases()).toEqual([null]);

      await send(...of(SECOND, 43));
      expect(await simulation.detail(SECOND)).toMatchObject({ status: 'VENDED', lastError: null });
      expect(aliases()).toEqual([null, ALIAS]);
      const order = simulation.organization.calls.flatMap(({ operation }) =>
        ['DeleteAccountAlias', 'CloseAccount'].includes(operation) ? [operation] : [],
      );
      expect(order).toEqual(['DeleteAccountAlias', 'CloseAccount']);
    },
  );

  it.each([
    {
      what: 'is free for the next one where the landing zone releases it',
      release: true,
      status: 'VENDED',
      left: null,
    },
    { what: 'stays taken where the landing zone does not', release: false, status: 'FAILED', left: ALIAS },
  ])('of an account that stays $what', async ({ release, status, left }) => {
    begin(['landingZone.releaseAlias', release]);
    await send(...of(FIRST, 42));
    await send(...of(FIRST, 42), ...deletion);
    expect(await simulation.detail(FIRST)).toMatchObject({ status: 'CLOSED', lastError: null });
    expect(simulation.madeAccounts.map(({ state, alias }) => [state, alias])).toEqual([['ACTIVE', left]]);
    await send(...of(SECOND, 43));
    expect((await simulation.detail(SECOND)).status).toBe(status);
  });

  it('is its own again where the deletion is taken back while AWS does not close it yet', async () => {
    simulation = new SimulatedVending({
      configuration: plainConfiguration(closing, ['platform.enforceAccountAlias', false]),
      limits: { ...awsLimits, closures: { share: 0, least: 0, most: 0 } },
    });
    await send(...of(FIRST, 42));
    simulation.sendEvent(...of(FIRST, 42), ...deletion);
    await simulation.until(() => simulation.outcomesOf('CloseAccount').length > 1);
    expect(aliases()).toEqual([null]);
    await send(...of(FIRST, 42), ['replicationSequence', 19]);
    expect(await simulation.detail(FIRST)).toMatchObject({ status: 'VENDED' });
    expect(aliases()).toEqual([ALIAS]);
    await send(...of(SECOND, 43));
    expect((await simulation.detail(SECOND)).lastError?.message).toContain(`The alias "${ALIAS}" belongs to another`);
  });
});
