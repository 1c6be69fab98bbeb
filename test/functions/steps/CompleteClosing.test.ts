import { completeClosing } from '../../../functions/steps/CompleteClosing/step';
import { RecordingOutcomes } from '../../fakes/recording-edges';
import { account, TENANT, vending } from '../../fakes/vending';

const NOW = '2026-11-24T10:00:00.000Z';
const run = { replicationSequence: 18, run: 1, steps: [] };

describe('CompleteClosing', () => {
  it.each([
    {
      what: 'the account that stays',
      tenant: { account },
      detail: { accountId: account.id, accountName: account.name, email: account.email, accountState: 'KEPT' },
    },
    {
      what: 'the account that is closed, and that AWS shows no more',
      tenant: { account, closure: { phase: 'closed' as const, askedAt: NOW, failures: 0 } },
      accountGone: true,
      detail: { accountId: account.id, accountName: account.name, email: account.email, accountState: 'CLOSED' },
    },
    {
      what: 'the account that has left the organization',
      tenant: { account },
      accountGone: true,
      detail: { accountId: account.id, accountName: account.name, email: account.email, accountState: 'GONE' },
    },
    {
      what: 'that there is none',
      tenant: { account: null },
      detail: { accountId: null, accountName: null, email: null, accountState: 'NONE' },
    },
  ])('tells the world of $what, then writes it down', async ({ tenant, accountGone = false, detail }) => {
    const outcomes = new RecordingOutcomes();
    let publishedBefore = 0;
    const complete = () => Promise.resolve(void (publishedBefore = outcomes.published.length));
    const report = await completeClosing({ repository: { complete }, accountGone, outcomes, run })(vending({ tenant }));
    expect(report).toEqual({ result: { accountId: detail.accountId } });
    expect(publishedBefore).toBe(1);
    expect(outcomes.published).toEqual([
      {
        type: 'Account Closed',
        detail: {
          ...{ tenantUuid: TENANT, replicationSequence: 18, run: 1 },
          ...{ workspaceIdentifier: 'retail', projectIdentifier: 'webshop-dev' },
          ...detail,
          ...{ requestedBy: null, replayedBy: null, changes: [], changesLeftOut: 0 },
        },
      },
    ]);
  });
});
