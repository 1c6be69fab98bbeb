import { type Fault, listed } from '../../../functions/domain/base/fault';
import { planSizeFaults } from '../../../functions/domain/planning/plan-size';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import { pinPlan } from '../../../functions/ledger/runs/pin-plan';
import { updateTenant } from '../../../functions/ledger/tenants/tenant-repository';
import { recordStep } from '../../../functions/ledger/runs/record-step';
import { rejectDesiredState } from '../../../functions/ledger/intake/reject-desired-state';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { NOW, plan, TENANT } from '../../fakes/vending';
import { accept, close, open, referenceTo, runIn, stepError, tenantIn } from './ledger-calls';

/* The ledger in memory refuses what DynamoDB refuses: an item of more than 400 KB. */

const VIEW = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-c000000000000003';
const SCIM = 'https://scim.eu-central-1.amazonaws.com/8b1e6a53-3f3a-4f0e-9c1d-2d7f0c9a1b11/scim/v2/';
const identityStore = {
  region: 'eu-central-1',
  identityStoreId: 'd-1234567890',
  scim: null,
  instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
};
const byScim = {
  ...identityStore,
  identityStoreId: SCIM,
  scim: { endpoint: SCIM, tokenSecretArn: 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:scim-AbCdEf' },
};
const REGIONS = Array.from({ length: 20 }, (_, number) => `ap-southeast-${number}`);

const many = <Item>(count: number, one: (number: number) => Item): Item[] =>
  Array.from({ length: count }, (_, number) => one(number));

const groups = (count: number, membersOfEach = 0): VendingPlan['groups'] =>
  many(count, (number) => {
    const name = `retail.webshop-dev-${number}`;
    const members = many(membersOfEach, (member) => `u${member}`);
    return { name, awsRole: `r${number}`, projectRoles: [`r${number}`], permissionSetArns: [VIEW], members };
  });

/** Groups that the identity provider brings, each with some permission sets. */
const existingGroups = (count: number): NonNullable<VendingPlan['existingGroups']> => ({
  withinHours: 72,
  groups: many(count, (number) => ({
    name: `power-users-${number}`,
    awsRole: `r${number}`,
    projectRoles: [`r${number}`],
    permissionSetArns: [VIEW, `${VIEW}a`, `${VIEW}b`],
  })),
});

const stackSets = (count: number): VendingPlan['stackSets'] =>
  many(count, (number) => ({ name: `s${number}`, homeRegion: 'eu-central-1', regions: REGIONS, parameters: {} }));

const KINDS: Readonly<Record<string, (count: number) => VendingPlan>> = {
  'groups without members': (count) => plan({ identityStore, groups: groups(count) }),
  'groups by SCIM without members': (count) => plan({ identityStore: byScim, groups: groups(count) }),
  'groups by SCIM with ten members each': (count) => plan({ identityStore: byScim, groups: groups(count, 10) }),
  'a group by SCIM with many members': (count) => plan({ identityStore: byScim, groups: groups(1, count) }),
  'groups of the identity provider': (count) => plan({ identityStore, existingGroups: existingGroups(count) }),
  'stack sets in many regions': (count) => plan({ identityStore, stackSets: stackSets(count) }),
  'stack sets and groups': (count) => plan({ identityStore, groups: groups(count), stackSets: stackSets(count / 10) }),
};

/** The largest of a kind that is not refused. */
function largest(of: (count: number) => VendingPlan): VendingPlan {
  let [fits, refused] = [1, 40_000];
  while (refused - fits > 1) {
    const middle = Math.floor((fits + refused) / 2);
    if (planSizeFaults(of(middle)).length === 0) fits = middle;
    else refused = middle;
  }
  return of(fits);
}

const FAULTS: readonly Fault[] = listed(many(5000, (n) => ({ field: `f${n}`, message: 'x'.repeat(3000) })));

/** All that steps remember of a plan, at once. */
async function remembered(store: RecordingLedgerStore, wanted: VendingPlan): Promise<void> {
  const { identityStoreId, scim } = wanted.identityStore ?? { identityStoreId: '', scim: null };
  const madeAt = NOW.toISOString();
  const id = '906712345678-aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
  const records = wanted.groups.map(({ name }) => ({ identityStoreId, name, groupId: id, madeAt }));
  await updateTenant(store, TENANT, 'groups', { before: [], after: records });
  const assigned = (wanted.existingGroups?.groups ?? []).map(({ name, permissionSetArns }) => ({
    identityStoreId,
    name,
    groupId: id,
    permissionSetArns,
    knownSince: madeAt,
  }));
  await updateTenant(store, TENANT, 'assignedGroups', { before: undefined, after: assigned });
  const added =
    scim === null ? [] : wanted.groups.map(({ members }) => ({ groupId: id, userIds: members.map(() => id) }));
  await updateTenant(store, TENANT, 'addedMembers', { before: [], after: added });
  const instances = wanted.stackSets.flatMap(({ name, homeRegion, regions }) =>
    regions.map((region) => ({
      stackSet: name,
      homeRegion,
      region,
      removable: true,
      phase: 'removalAccepted' as const,
      n: 1000,
      contentHash: 'f'.repeat(64),
      operationId: id,
      askedAt: madeAt,
      failures: 100,
      pauses: 100,
    })),
  );
  await updateTenant(store, TENANT, 'stackInstances', { before: [], after: instances });
}

describe('the largest tenant that is accepted', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17);
    await open(store, 17);
  });

  it.each(Object.entries(KINDS))('has room in the ledger for %s, and a refusal beside them', async (_, of) => {
    const wanted = largest(of);
    await pinPlan(store, referenceTo(17), wanted);
    await remembered(store, wanted);
    const refused = { tenantUuid: TENANT, replicationSequence: 18, workspaceIdentifier: 'r', projectIdentifier: 'w' };
    await rejectDesiredState(store, { ...refused, faults: FAULTS }, NOW);

    const { groups: own, assignedGroups } = await tenantIn(store);
    expect(own).toHaveLength(wanted.groups.length);
    expect(assignedGroups).toHaveLength(wanted.existingGroups?.groups.length ?? 0);
  });

  it('has a run that tells of each state as much as there is room for', async () => {
    const message = 'x'.repeat(200_000);
    for (let state = 0; state < 30; state += 1) {
      const { runItem } = await open(store, 17);
      const changes = many(state % 10 === 0 ? 3500 : 5, (n) => ({
        what: `member of retail.webshop-dev-${n}`,
        from: null,
        to: '906712345678-aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
      }));
      const at = NOW.toISOString();
      await recordStep(store, runItem, {
        state: `Step${state}`,
        startedAt: at,
        finishedAt: at,
        remark: message,
        changes,
        error: { ...stepError, message },
      });
    }
    await close(store, 17, { status: 'FAILED', error: { ...stepError, message } });

    const { steps } = await runIn(store, 17);
    const told = steps.reduce((sum, { changes, changesLeftOut = 0 }) => sum + changes.length + changesLeftOut, 0);
    expect(told).toBe(3 * 3500 + 27 * 5);
    expect(steps.at(-1)?.error?.message).toMatch(/^x+… \(200000 characters\)$/u);
  });
});
