import { tenantKey } from '../../../functions/ledger/base/keys';
import { ledgerApprovals } from '../../../functions/ledger/runs/approvals';
import { recordStep } from '../../../functions/ledger/runs/record-step';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { account, after, NOW, TENANT } from '../../fakes/vending';
import {
  accept,
  close,
  markForDeletion,
  open,
  overwriteTenant,
  referenceTo,
  runIn,
  stepError,
  tenantIn,
  vended,
} from '../ledger/ledger-calls';

import { FailedRun } from './failed-run';

describe('RecordFailure', () => {
  let failing: FailedRun;
  let ledger: FailedRun['ledger'];
  let outcomes: FailedRun['outcomes'];
  let log: FailedRun['log'];
  let stands: FailedRun['stands'];
  let stepFails: FailedRun['stepFails'];
  let record: FailedRun['record'];

  beforeEach(async () => {
    failing = await FailedRun.begin();
    ({ ledger, outcomes, log, stands, stepFails, record } = failing);
  });

  describe('of a closing', () => {
    beforeEach(async () => {
      await close(ledger, 17, vended);
      const { version = 0 } = (await ledger.read([tenantKey(TENANT)]))[0] ?? {};
      const data = { ...(await tenantIn(ledger)), account };
      await ledger.commit([{ key: tenantKey(TENANT), expectedVersion: version, data }]);
      await markForDeletion(ledger, 18);
      await open(ledger, 18);
      stands({ input: JSON.stringify(referenceTo(18)) });
    });

    it('tells the world that a closing has failed, even one that has called AWS for nothing yet', async () => {
      await record();
      expect(outcomes.published).toMatchObject([
        { type: 'Account Closing Failed', detail: { replicationSequence: 18, accountId: account.id } },
      ]);
      expect(await runIn(ledger, 18)).toMatchObject({ status: 'FAILED' });
      expect(log.entries.at(-1)).toMatchObject({
        level: 'warn',
        sentence: 'A closing has failed',
        keys: { replicationSequence: 18, state: null },
      });
    });

    it('takes it for superseded where a newer desired state has taken the deletion back', async () => {
      await accept(ledger, 19);
      await record();
      expect(outcomes.published).toEqual([]);
      expect(await runIn(ledger, 18)).toMatchObject({ status: 'SUPERSEDED', supersededBy: 19 });
      expect(await tenantIn(ledger)).toMatchObject({ activeRun: { replicationSequence: 19, run: 1 } });
    });
  });

  describe('of a run that waits for an approval', () => {
    const asks = async (): Promise<void> => {
      const deps = { ledger, tokens: new FakeTaskTokens(), now: () => after(1) };
      await ledgerApprovals(deps, referenceTo(17), 'token').ask(14);
    };

    it('takes it for superseded by the desired state that waits: nobody is asked about this one any more', async () => {
      await asks();
      await stepFails('AwaitApproval');
      await accept(ledger, 18);
      stands();
      await record();
      expect(outcomes.published).toEqual([]);
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'SUPERSEDED', supersededBy: 18 });
    });

    it('takes it for superseded by a deletion, too', async () => {
      await asks();
      await stepFails('AwaitApproval');
      const deletion = { replicationSequence: 18, at: NOW.toISOString(), landingZone: 'aws-dev' };
      await overwriteTenant(ledger, { deletion });
      stands();
      await record();
      expect(outcomes.published).toEqual([]);
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'SUPERSEDED', supersededBy: 18 });
    });

    it('does not do so with one that has come further: it has failed, and the next one begins', async () => {
      await asks();
      await stepFails('AwaitApproval');
      await stepFails('CreateAccount');
      await accept(ledger, 18);
      stands();
      await record();
      expect(outcomes.published).toMatchObject([{ detail: { state: 'CreateAccount' } }]);
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED' });
    });

    it.each([
      { what: 'the state has told that itself', error: stepError, ended: 'RejectedError' },
      { what: 'Step Functions has ended the wait', error: null, ended: 'States.Timeout' },
    ])('says that nobody has approved it in time, where $what', async ({ error, ended }) => {
      await asks();
      const { runItem } = await open(ledger, 17);
      const pass = { startedAt: NOW.toISOString(), finishedAt: null, remark: null, error, changes: [] };
      await recordStep(ledger, runItem, { ...pass, state: 'AwaitApproval' });
      stands({ error: ended, cause: null, stoppedAt: after(15 * 24 * 3600) });
      await record();
      const expired = { name: 'ApprovalExpired' };
      expect(outcomes.published).toMatchObject([{ detail: { state: 'AwaitApproval', error: expired.name } }]);
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED', error: expired });
      expect((await runIn(ledger, 17)).steps).toMatchObject([
        { state: 'AwaitApproval', error: error === null ? expired : { name: error.name } },
      ]);
    });
  });
});
