import { newRollout } from '../../../functions/domain/rollout/rollout';
import { DEFAULT_LIMITS } from '../../../functions/domain/rollout/rollout-request';
import { tenantKey } from '../../../functions/ledger/base/keys';
import { ledgerTenantRepository } from '../../../functions/ledger/tenants/tenant-repository';
import { planTenants } from '../../../functions/rollout/plan-tenants';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { account, NOW, TENANT } from '../../fakes/vending';
import { configuration, desiredStateJson } from '../domain/examples';
import { accept, close, open, overwrite, tenantIn, vended } from '../ledger/ledger-calls';

describe('a part of the plan of a rollout', () => {
  const limits = { ...DEFAULT_LIMITS, canary: { tenants: 2 } };
  const begun = newRollout(
    { id: 'r-1', kind: 'configuration', fromHash: 'old', targetHash: 'new', limits, plannedBy: null },
    NOW,
  );
  const changes = [{ state: 'TagAccount', what: 'tag', from: null, to: 'a' }];
  let ledger: RecordingLedgerStore;

  const planned = () =>
    planTenants(
      {
        ledger,
        configurationAt: () => Promise.resolve(configuration()),
        previews: { preview: () => Promise.resolve({ changes, refusal: null }) },
      },
      begun,
    );

  beforeEach(async () => {
    ledger = new RecordingLedgerStore();
    await accept(ledger, 17, { desiredState: desiredStateJson });
    await open(ledger, 17);
    await ledgerTenantRepository(ledger, TENANT).recordAccount(account);
    await close(ledger, 17, vended);
    // An earlier release has written no landing zone.
    const { landingZone: _, ...tenant } = await tenantIn(ledger);
    const listing = { label: tenant.status, at: tenant.statusChangedAt };
    await overwrite(ledger, tenantKey(TENANT), tenant, { listing });
  });

  it('gives the same places of the canary when it is made again, by the landing zones of the plans', async () => {
    const { canary } = await planned();
    expect(canary).toEqual([{ tenantUuid: TENANT, landingZone: 'aws-dev' }]);
    expect((await planned()).canary).toEqual(canary);
  });
});
