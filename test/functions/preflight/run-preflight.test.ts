import { TransientError } from '../../../functions/domain/base/errors';
import { readPreflight, startPreflight } from '../../../functions/ledger/fleet/preflights';
import { type Check, failed, ok } from '../../../functions/preflight/check';
import { runPreflights } from '../../../functions/preflight/run-preflight';
import { RecordingLog } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { after, NOW } from '../../fakes/vending';

const ID = '0b9d7c1e-0000-4000-8000-00000000000a';
const message = (body: string) => ({ Records: [{ messageId: 'm-1', body }] });

describe('RunPreflight', () => {
  let ledger: RecordingLedgerStore;
  let log: RecordingLog;
  let judged: number;
  let finding: () => ReturnType<Check['judge']>;

  beforeEach(() => {
    ledger = new RecordingLedgerStore();
    log = new RecordingLog();
    judged = 0;
    finding = () => ok();
  });

  const run = (body = JSON.stringify({ id: ID }), seconds = 30) =>
    runPreflights(
      {
        ledger,
        log,
        now: () => after(seconds),
        pause: () => Promise.resolve(),
        checksOf: () => [
          {
            id: 'check',
            sentence: 'It is so.',
            judge: () => {
              judged += 1;
              return finding();
            },
          },
        ],
      },
      message(body),
    );

  it('writes down what it has found', async () => {
    await startPreflight(ledger, ID, NOW);

    expect(await run()).toEqual({ batchItemFailures: [] });

    expect(await readPreflight(ledger, ID)).toEqual({
      id: ID,
      status: 'PASSED',
      startedAt: NOW.toISOString(),
      finishedAt: after(30).toISOString(),
      checks: [{ id: 'check', sentence: 'It is so.', result: 'ok', detail: null, remedy: null }],
    });
  });

  it('says that there are findings', async () => {
    finding = () => failed('It is not.', 'Make it so.');
    await startPreflight(ledger, ID, NOW);

    await run();

    expect(await readPreflight(ledger, ID)).toMatchObject({ status: 'FINDINGS' });
    expect(log.entries.at(-1)).toMatchObject({ keys: { preflight: ID, findings: 'check' } });
  });

  it('does it again when it was killed in between', async () => {
    await startPreflight(ledger, ID, NOW);
    ledger.beforeNextCommit = () => Promise.reject(new TransientError('killed'));

    expect(await run()).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
    expect(await readPreflight(ledger, ID)).toMatchObject({ status: 'RUNNING', checks: [] });
    expect(await run()).toEqual({ batchItemFailures: [] });

    expect(judged).toBe(2);
    expect(await readPreflight(ledger, ID)).toMatchObject({ status: 'PASSED' });
  });

  it('leaves alone what is finished: a message that comes twice changes nothing', async () => {
    await startPreflight(ledger, ID, NOW);
    await run();
    finding = () => failed('It is not.', 'Make it so.');

    expect(await run(undefined, 60)).toEqual({ batchItemFailures: [] });

    expect(judged).toBe(1);
    expect(await readPreflight(ledger, ID)).toMatchObject({ status: 'PASSED', finishedAt: after(30).toISOString() });
  });

  it('leaves alone what nobody has asked for', async () => {
    expect(await run()).toEqual({ batchItemFailures: [] });
    expect(judged).toBe(0);
  });

  it('lets a message come again that it cannot read', async () => {
    expect(await run('{}')).toEqual({ batchItemFailures: [{ itemIdentifier: 'm-1' }] });
  });

  it.each([
    { of: 'no answer of AWS', error: new TransientError('Rate exceeded'), judged: 5, remedy: /when AWS is well/u },
    { of: 'an error that nobody knows', error: new Error('odd'), judged: 1, remedy: /report it as a fault/u },
  ])('does not know what gives $of', async ({ error, judged: expected, remedy }) => {
    finding = () => {
      throw error;
    };
    await startPreflight(ledger, ID, NOW);

    await run();

    expect(judged).toBe(expected);
    expect(await readPreflight(ledger, ID)).toMatchObject({
      status: 'FINDINGS',
      checks: [{ result: 'unknown', remedy: expect.stringMatching(remedy) as string }],
    });
  });
});
