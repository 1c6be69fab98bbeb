import * as z from 'zod';

import { memoryLedgerStore } from '../../sandbox/runtime/memory-ledger-store';
import type { ItemKey, LedgerStore, StoredItem } from '../../functions/ports/ledger-store';
import { erasePerson, type ErasureReport } from '../../operator/erase-person/erase-person';
import { type Change, desiredStateJson, platformJson } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const TENANT = desiredStateJson.tenant.metadata.uuid;
const OTHER = '7d0c1b1e-0000-4000-8000-000000000002';
const ADMINISTRATOR = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-ad00000000000001';

const omar = {
  meshIdentifier: 'u-omar',
  username: 'omar',
  firstName: 'Omar',
  lastName: 'Haddad',
  email: 'omar.haddad@corp.example',
  euid: 'omar.haddad@corp.example',
  roles: ['admin'],
};
/** Everything of him, also within other words. */
const HIM = /omar|haddad/iu;

const [jane] = desiredStateJson.userPermissions;
const withOmar: readonly Change[] = [
  ['userPermissions', [jane, omar]],
  ['projectCreatorEmail', omar.email],
];
const ofOther: readonly Change[] = [
  ['tenant.metadata.uuid', OTHER],
  ['tenant.metadata.ownedByProject', 'second'],
  ['tenantPlatformNumber', 43],
];

/** Knows the keys of everything that was ever written. */
class WatchedLedger implements LedgerStore {
  readonly #table = memoryLedgerStore();
  readonly #keys = new Map<string, ItemKey>();
  commits = 0;

  readonly read: LedgerStore['read'] = (keys) => this.#table.read(keys);
  readonly readPartition: LedgerStore['readPartition'] = (query) => this.#table.readPartition(query);
  readonly list: LedgerStore['list'] = (query) => this.#table.list(query);

  async commit(writes: Parameters<LedgerStore['commit']>[0]): Promise<void> {
    await this.#table.commit(writes);
    this.commits += 1;
    for (const { key } of writes) this.#keys.set(JSON.stringify(key), key);
  }

  async items(): Promise<readonly StoredItem[]> {
    const found = await Promise.all([...this.#keys.values()].map((key) => this.#table.read([key])));
    return found.flat().filter((item) => item !== undefined);
  }

  async naming(who: RegExp): Promise<readonly string[]> {
    return (await this.items()).filter(({ data }) => who.test(JSON.stringify(data))).map(({ key }) => key.sort);
  }
}

describe('a person who is erased from the ledger', () => {
  let simulation: SimulatedVending;
  let ledger: WatchedLedger;
  let told: string;

  beforeEach(async () => {
    ledger = new WatchedLedger();
    const awsIdentityStore = {
      ...platformJson.awsIdentityStore,
      region: 'eu-central-1',
      awsRoleMappings: [{ projectRoleRef: { name: 'admin' }, awsRole: 'admin', permissionSetArns: [ADMINISTRATOR] }],
    };
    const configuration = plainConfiguration(['platform.awsIdentityStore', awsIdentityStore]);
    simulation = new SimulatedVending({ configuration, ledger });
    simulation.sendEvent(...withOmar);
    simulation.sendEvent(...ofOther, ...withOmar);
    await simulation.settle();
  });
  afterEach(() => {
    simulation.stop();
  });

  const erase = async (
    apply: boolean,
    names: readonly string[] = ['Omar.Haddad@corp.example'],
  ): Promise<ErasureReport & { readonly exitCode: number }> => {
    let said = '';
    const deps = { ledger, pseudonym: 'erased-1a2b3c4d' };
    const exitCode = await erasePerson(
      deps,
      { json: true, names, apply },
      {
        now: () => new Date(),
        print: (text) => {
          said += text;
        },
        notify: (text) => {
          told = text;
        },
      },
    );
    return { ...(JSON.parse(said) as ErasureReport), exitCode };
  };

  /** A newer desired state of both without him. */
  const leave = async (): Promise<void> => {
    const without: readonly Change[] = [
      ['replicationSequence', 18],
      ['projectCreatorEmail', 'jane@corp.example'],
    ];
    simulation.sendEvent(...without);
    simulation.sendEvent(...ofOther, ...without);
    await simulation.settle();
  };

  it('has to have no access any more: the refusal names the tenants and what to do, and nothing is written', async () => {
    const { commits } = ledger;

    await expect(erase(true)).rejects.toThrow(
      new RegExp(`still has access.*${TENANT}, ${OTHER}.*Take the person out of these projects`, 'su'),
    );
    expect(ledger.commits).toBe(commits);
  });

  it('is in no item afterwards: desired states, plans and what steps have said', async () => {
    const before = await ledger.naming(HIM);
    expect(before).toEqual(
      expect.arrayContaining([expect.stringMatching(/^CONTENT#/u), expect.stringMatching(/^PLAN#/u)]),
    );
    expect(before).toEqual(expect.arrayContaining([expect.stringMatching(/^RUN#/u)]));
    await leave();

    const report = await erase(true);

    expect(report).toMatchObject({ exitCode: 0, dryRun: false, tenants: [TENANT, OTHER], left: [] });
    expect(await ledger.naming(HIM)).toEqual([]);
    expect(report.items).toBe(await ledger.naming(/erased-1a2b3c4d/u).then(({ length }) => length));
    expect(JSON.stringify(report)).not.toMatch(HIM);
    // Others stay.
    expect(await ledger.naming(/jane@corp\.example/u)).not.toEqual([]);
  });

  it('is looked for first: a dry run writes nothing and tells the names that were found', async () => {
    await leave();
    const { commits } = ledger;

    const report = await erase(false);

    expect(report).toMatchObject({ exitCode: 0, dryRun: true, tenants: [TENANT, OTHER] });
    expect(told).toContain('omar.haddad@corp.example, u-omar, omar');
    expect(ledger.commits).toBe(commits);
  });

  it('is erased once: a second time there is nothing to do, and vending goes on', async () => {
    await leave();
    await erase(true);
    const { commits } = ledger;

    expect(await erase(true)).toMatchObject({ exitCode: 0, items: 0, tenants: [], left: [] });
    expect(ledger.commits).toBe(commits);
    simulation.sendEvent(['replicationSequence', 19], ['project.spec.displayName', 'Changed']);
    await simulation.settle();
    expect((await simulation.detail()).status).toBe('VENDED');
    expect(await ledger.naming(HIM)).toEqual([]);
  });

  it('goes when what was kept for 30 days goes, not later', async () => {
    await leave();
    const expiries = async (): Promise<readonly unknown[]> =>
      (await ledger.items()).map(({ key, expiresAt, listing }) => [key, expiresAt, listing]);
    const before = await expiries();

    await erase(true);

    expect(await expiries()).toEqual(before);
  });

  it('is left in a tenant with a run at work until that has ended', async () => {
    await leave();
    const { commits } = ledger;
    simulation.sendEvent(['replicationSequence', 20], ['projectCreatorEmail', omar.email]);
    await simulation.until(() => ledger.commits > commits);

    const report = await erase(true);

    expect(report).toMatchObject({ exitCode: 1, tenants: [OTHER] });
    const reason = expect.stringContaining('A run of the tenant is at work.') as string;
    expect(report.left).toEqual(report.left.map(({ item }) => ({ tenantUuid: TENANT, item, reason })));
    await simulation.settle();
    expect(await erase(true)).toMatchObject({ exitCode: 0, tenants: [TENANT] });
    expect(await ledger.naming(HIM)).toEqual([]);
    // The newest desired state has the pseudonym as the creator's e-mail, and can be planned all the same.
    simulation.application.startNight();
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 20, run: 1 });
    expect(simulation.application.driftReports).toMatchObject([{ unchanged: 2, reconciled: 0 }]);
  });

  it('is left in the plan of a run that has failed, which a replay may go on with', async () => {
    await leave();
    const lastOf = async (kind: string): Promise<StoredItem> => {
      const last = (await ledger.readPartition({ partition: `TENANT#${TENANT}`, prefix: kind, limit: 99 })).at(-1);
      if (last === undefined) throw new Error(`There is no ${kind}.`);
      return last;
    };
    for (const [kind, change] of [
      ['RUN#', { status: 'FAILED' }],
      ['PLAN#', { plan: { remarks: [`The user ${omar.meshIdentifier} has no euid and gets no access.`] } }],
    ] as const) {
      const { key, version, data } = await lastOf(kind);
      await ledger.commit([{ key, expectedVersion: version, data: { ...(data as object), ...change } }]);
    }

    const report = await erase(true);

    expect(report.left).toMatchObject([{ tenantUuid: TENANT, item: (await lastOf('PLAN#')).key.sort }]);
    expect(report.left[0]?.reason).toContain('The run has failed and is replayed by this plan.');
    expect(await ledger.naming(HIM)).toEqual([report.left[0]?.item]);
  });

  it('is gone from the report of a night, which is kept for 30 days', async () => {
    await leave();
    const { account } = await simulation.detail();
    const found = simulation.organization.state.accounts.get(account?.id ?? '');
    if (found === undefined) throw new Error('The tenant has no account.');
    found.alias = omar.meshIdentifier;
    simulation.application.startNight();
    await simulation.settle();
    const drifts = async (): Promise<readonly StoredItem[]> =>
      (await ledger.items()).filter(({ key }) => key.sort.startsWith('DRIFT#'));
    const [before] = await drifts();
    expect(JSON.stringify(before)).toMatch(HIM);
    const endedAt = z.object({ endedAt: z.string() }).parse(before?.data).endedAt;
    expect(before?.expiresAt).toBe(Math.floor(Date.parse(endedAt) / 1000) + 30 * 24 * 60 * 60);

    await erase(true);

    expect(await ledger.naming(HIM)).toEqual([]);
    expect(await drifts()).toMatchObject([{ expiresAt: before?.expiresAt }]);
  });

  it('is named by what its sender keeps saying, and that is told', async () => {
    await leave();
    simulation.sendEvent(['replicationSequence', 20], ['project.spec.tags', { owner: [omar.email] }]);
    await simulation.settle();

    const report = await erase(true);

    expect(report.exitCode).toBe(1);
    expect(report.left).toContainEqual({
      tenantUuid: TENANT,
      item: 'CONTENT#0000000000000020',
      reason: expect.stringMatching(/^desiredState\.project\.spec\.tags\.owner names the person\./u) as string,
    });
  });

  it('is named no more as the one who has asked, decided, replayed or stopped, and what they have said goes with them', async () => {
    simulation.stop();
    ledger = new WatchedLedger();
    const approval = { create: true, close: true, expiresAfterDays: 14 };
    simulation = new SimulatedVending({
      configuration: plainConfiguration(['landingZone.approval', approval], ['landingZone.closeAccount', true]),
      ledger,
    });
    const call = async (act: string, body: object = {}): Promise<void> => {
      const { status } = await simulation.application.callApi({
        method: 'POST',
        path: `/vendings/${TENANT}/${act}`,
        body: { reason: 'operator@corp.example says so', ...body },
      });
      expect({ act, status }).toEqual({ act, status: 202 });
    };
    const asked = async (times: number): Promise<void> => {
      await simulation.until(() => simulation.application.approvalsAsked.length >= times);
      await simulation.pass(1);
    };
    await simulation.post();
    await asked(1);
    await call('approval', { decision: 'reject' });
    await simulation.settle();
    await call('replay');
    await asked(2);
    await call('stop');
    await simulation.settle();
    await call('replay');
    await asked(3);
    await call('approval', { decision: 'approve' });
    await simulation.settle();
    await simulation.post(['replicationSequence', 18], ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']);
    await asked(4);
    await call('approval', { decision: 'approve' });
    await simulation.settle();
    const caller = /user\/operator|operator@corp/u;
    expect(await ledger.naming(caller)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^DESIRED#/u), expect.stringMatching(/^RUN#/u)]),
    );

    const report = await erase(true, ['operator', 'operator@corp.example']);

    expect(report).toMatchObject({ exitCode: 0, tenants: [TENANT], left: [] });
    expect(await ledger.naming(caller)).toEqual([]);
    expect(await simulation.detail()).toMatchObject({
      approval: { decision: 'approve', decidedBy: 'arn:aws:iam::111111111111:user/erased-1a2b3c4d' },
    });
  });

  it('is gone from refusals, which quote what they refuse', async () => {
    await leave();
    simulation.sendEvent(
      ['replicationSequence', 21],
      ['tenant.spec.landingZoneRef.name', omar.email],
      ['userPermissions', [{ ...omar, roles: omar.email }]],
    );
    await simulation.settle();
    expect(await ledger.naming(HIM)).toEqual(expect.arrayContaining(['TENANT', expect.stringMatching(/^REJECTION#/u)]));

    await erase(true);

    expect(await ledger.naming(HIM)).toEqual([]);
  });
});
