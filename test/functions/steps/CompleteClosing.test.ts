import { pinPlan } from '../../../functions/ledger/runs/pin-plan';
import { ledgerTenantRepository } from '../../../functions/ledger/tenants/tenant-repository';
import { compose } from '../../../functions/steps/CompleteClosing/handler';
import { completeClosing } from '../../../functions/steps/CompleteClosing/step';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { RecordingOutcomes } from '../../fakes/recording-edges';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { account, plan, TENANT, vending } from '../../fakes/vending';
import { accept, close, markForDeletion, open, referenceTo, runIn, tenantIn, vended } from '../ledger/ledger-calls';
import { FunctionRuntime } from './function-runtime';

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
          tenantUuid: TENANT,
          replicationSequence: 18,
          run: 1,
          workspaceIdentifier: 'retail',
          projectIdentifier: 'webshop-dev',
          ...detail,
          requestedBy: null,
          replayedBy: null,
          changes: [],
          changesLeftOut: 0,
        },
      },
    ]);
  });
});

describe('the function of CompleteClosing', () => {
  it.each([
    {
      what: 'is not there any more',
      results: { GuardAccount: { accountThere: false, accountOpen: false } },
      accountState: 'GONE',
    },
    { what: 'is there', results: { GuardAccount: { accountThere: true, accountOpen: false } }, accountState: 'KEPT' },
    { what: 'was not looked for, in an execution of an earlier release', results: {}, accountState: 'KEPT' },
  ])('ends the closing of an account that $what', async ({ results, accountState }) => {
    const runtime = new FunctionRuntime();
    const { ledger } = runtime;
    const [outcomes, workflow] = [new RecordingOutcomes(), new RecordingWorkflow()];
    await accept(ledger, 17);
    await open(ledger, 17);
    await ledgerTenantRepository(ledger, TENANT).recordAccount(account);
    await close(ledger, 17, vended);
    await markForDeletion(ledger, 18);
    await pinPlan(ledger, referenceTo(18), plan({ closing: CLOSING }));
    await open(ledger, 18);

    const complete = compose(runtime, { outcomes, workflow, turns: new FakeTaskTokens() });
    expect(await complete({ ...referenceTo(18), results })).toEqual({ accountId: account.id });
    expect(outcomes.published).toMatchObject([{ type: 'Account Closed', detail: { accountState } }]);
    expect(await runIn(ledger, 18)).toMatchObject({ status: 'CLOSED' });
    expect(await tenantIn(ledger)).toMatchObject({ status: 'CLOSED', activeRun: null });
    expect(runtime.outcomes).toEqual(['CLOSED']);
  });
});

const CLOSING = { managementAccountId: '222222222222', closesAccount: false, releasesAlias: false };
