import type { VendingPlan } from '../../../functions/domain/plan';
import type { TenantRecord } from '../../../functions/domain/ledger-records';
import { planClosingRun } from '../../../functions/steps/PlanClosing/step';
import { account, creation, NOW, vending } from '../../fakes/vending';
import { configuration } from '../domain/examples';

const deletion = { replicationSequence: 18, at: NOW.toISOString(), landingZone: 'aws-dev' };

describe('PlanClosing', () => {
  let pinned: VendingPlan | undefined;

  const run = (changes: Partial<TenantRecord>, before: VendingPlan | null = null) =>
    planClosingRun(
      {
        memory: { pin: (plan) => Promise.resolve((pinned = plan)) },
        configuration: configuration(),
      },
      vending({ tenant: { deletion, ...changes } }).tenant,
      before,
    );

  it('plans an account in which nobody has access, under the names that AWS knows', async () => {
    expect(await run({ account })).toEqual({ result: { accountKnown: true, accountAsked: false } });
    expect(pinned).toMatchObject({
      landingZone: 'aws-dev',
      account: { name: account.name, email: account.email },
      groups: [],
      membersKnown: true,
      identityStore: { identityStoreId: 'd-1234567890' },
      closing: { managementAccountId: '222222222222' },
    });
  });

  it.each([
    { when: 'AWS makes', tenant: { creation: creation() } },
    { when: 'was asked for, with its answer lost, may make', tenant: { creation: creation({ phase: 'intended' }) } },
  ])('waits for an account that AWS $when', async ({ tenant }) => {
    expect(await run(tenant)).toEqual({ result: { accountKnown: false, accountAsked: true } });
  });

  it('knows that there is no account where AWS was never asked', async () => {
    expect(await run({ creation: creation({ attempt: 0, phase: 'cleared' }) })).toEqual({
      result: { accountKnown: false, accountAsked: false },
    });
  });

  it('keeps the plan of an earlier try', async () => {
    await run({ account });
    const first = pinned;
    pinned = undefined;
    await run({ account }, first ?? null);
    expect(pinned).toBeUndefined();
  });

  it.each([
    { landingZone: 'vanished', says: "'vanished' is not configured any more" },
    { landingZone: null, says: 'is not configured any more' },
  ])('needs no landing zone for people to lose their access: $landingZone', async ({ landingZone, says }) => {
    const report = await run({ account, deletion: { ...deletion, landingZone } });
    expect(report.remark).toContain(says);
    expect(pinned).toMatchObject({ stackSets: [], enrollment: null, groups: [] });
  });
});
