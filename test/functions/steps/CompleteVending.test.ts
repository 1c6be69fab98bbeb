import { completeVending } from '../../../functions/steps/CompleteVending/step';
import { RecordingOutcomes } from '../../fakes/recording-edges';
import { account, TENANT, vending } from '../../fakes/vending';

const run = { replicationSequence: 17, run: 2 };

describe('CompleteVending', () => {
  it('tells the world what was vended, then writes it down', async () => {
    const outcomes = new RecordingOutcomes();
    let publishedBefore = 0;
    const complete = () => Promise.resolve(void (publishedBefore = outcomes.published.length));
    const step = completeVending({ memory: { complete }, outcomes, run });
    expect(await step(vending({ tenant: { account } }))).toEqual({ result: { accountId: account.id } });
    expect(publishedBefore).toBe(1);
    expect(outcomes.published).toEqual([
      {
        type: 'Account Vended',
        detail: {
          tenantUuid: TENANT,
          replicationSequence: 17,
          run: 2,
          workspaceIdentifier: 'retail',
          projectIdentifier: 'webshop-dev',
          accountId: account.id,
          accountName: account.name,
          email: account.email,
          alias: 'corp-retail-webshop-dev',
          organizationalUnitId: 'ou-ab12-cdefgh34',
        },
      },
    ]);
  });

  it('writes nothing down when the bus does not take the event, so that it comes again', async () => {
    const outcomes = new RecordingOutcomes();
    outcomes.failure = new Error('no bus');
    let isComplete = false;
    const complete = () => Promise.resolve(void (isComplete = true));
    const step = completeVending({ memory: { complete }, outcomes, run });
    await expect(step(vending({ tenant: { account } }))).rejects.toThrow('no bus');
    expect(isComplete).toBe(false);
  });

  it('comes again when the ledger could not be written', async () => {
    const outcomes = new RecordingOutcomes();
    const complete = () => Promise.reject(new Error('no table'));
    const step = completeVending({ memory: { complete }, outcomes, run });
    await expect(step(vending({ tenant: { account } }))).rejects.toThrow('no table');
  });

  it('puts no name of a person into the result that the execution history keeps', async () => {
    const outcomes = new RecordingOutcomes();
    const step = completeVending({ memory: { complete: () => Promise.resolve() }, outcomes, run });
    expect(Object.keys((await step(vending({ tenant: { account } }))).result)).toEqual(['accountId']);
  });
});
