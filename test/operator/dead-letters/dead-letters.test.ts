import { deadLetters, type DeadLettersOptions } from '../../../operator/dead-letters/dead-letters';
import type { DeadLetterQueue } from '../../../functions/domain/fleet/dead-letter';
import { FakeLetterQueues, KilledError } from '../../fakes/fake-letter-queues';

const DEAD = 'https://sqs.example/dead';
const SOURCE = 'https://sqs.example/source';
const OTHER = 'https://sqs.example/other';

const QUEUES: readonly DeadLetterQueue[] = [
  { name: 'desired-states', url: DEAD, sources: [{ url: SOURCE, reader: 'vending-Intake', mostReceives: 5 }] },
  {
    name: 'work',
    url: OTHER,
    sources: [
      { url: 'https://sqs.example/looks', reader: 'vending-WatchRuns', mostReceives: 10 },
      { url: 'https://sqs.example/ends', reader: 'vending-RecordFailure', mostReceives: 10 },
    ],
  },
];

const HOUR = 3600;
const LONG_AFTER = 24 * HOUR;

describe('account-vending vendings dead-letters', () => {
  let queues: FakeLetterQueues;
  let output: string;
  let notices: string;

  beforeEach(() => {
    queues = new FakeLetterQueues();
    [output, notices] = ['', ''];
  });

  const run = ({ json = false, ...asked }: Partial<DeadLettersOptions> = {}): Promise<number> =>
    deadLetters(
      queues,
      QUEUES,
      { json, ...asked },
      {
        print: (text) => {
          output += text;
        },
        notify: (text) => {
          notices += text;
        },
        now: () => new Date(queues.now * 1000),
      },
    );

  describe('without more', () => {
    it('says of every queue that it is empty, and ends with 0', async () => {
      expect(await run()).toBe(0);
      expect(output).toBe('desired-states: empty\nwork: empty\n');
    });

    it('has a reason also for what a function was killed at, which could give none itself', async () => {
      const arn = 'arn:aws:sqs:eu-central-1:000000000000:';
      queues.put(DEAD, 'an event', { movedFrom: `${arn}source` });
      queues.put(OTHER, 'a look', { movedFrom: `${arn}looks` });

      expect(await run({ json: true })).toBe(1);

      const { queues: listings } = JSON.parse(output) as { queues: { letters: { reason: string }[] }[] };
      expect(listings.flatMap(({ letters }) => letters.map(({ reason }) => reason))).toEqual([
        expect.stringMatching(/^vending-Intake has got it 5 times and has not finished it: .* killed\./u),
        expect.stringMatching(/^vending-WatchRuns has got it 10 times /u),
      ]);
    });

    it('shows each letter with field, reason, age and the begin of its body, and ends with 1', async () => {
      const attributes = {
        reason: 'tenant.metadata.uuid: is no UUID\nworkspace: is missing',
        field: 'tenant.metadata.uuid',
      };
      queues.put(DEAD, `{ "detail":\n ${'x'.repeat(500)} }`, { ageSeconds: 3 * HOUR + 59, attributes });
      queues.put(DEAD, 'short', { ageSeconds: 59 });

      expect(await run()).toBe(1);

      expect(output.split('\n')).toEqual([
        'desired-states: 2',
        '  message-1, 3 h old',
        '    field:  tenant.metadata.uuid',
        '    reason: tenant.metadata.uuid: is no UUID',
        '            workspace: is missing',
        `    body:   { "detail": ${'x'.repeat(148)}…`,
        '  message-2, 59 s old',
        '    field:  -',
        '    reason: It does not tell which queue it comes from: somebody has put it there by hand. Delete it, or send it on, in the SQS console.',
        '    body:   short',
        'work: empty',
        '',
      ]);
    });

    it('leaves every letter there, for everybody to see at once', async () => {
      for (let number = 0; number < 25; number += 1) queues.put(DEAD, `body ${number}`);

      await run();

      expect(queues.bodiesIn(DEAD)).toHaveLength(25);
      expect(await queues.hiddenIn(DEAD)).toBe(0);
      expect(output).toContain('desired-states: 25\n');
    });

    it('gives programs everything, in whole', async () => {
      const [body, why] = ['y'.repeat(5000), { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'the queue says no' }];
      queues.put(OTHER, body, { ageSeconds: 90, attributes: why });

      expect(await run({ json: true })).toBe(1);

      const sentAt = new Date((queues.now - 90) * 1000).toISOString();
      const letter = {
        id: 'message-1',
        reason: 'NO_PERMISSIONS: the queue says no',
        field: null,
        sentAt,
        ageSeconds: 90,
        body,
      };
      expect(JSON.parse(output)).toEqual({
        queues: [
          { queue: 'desired-states', url: DEAD, letters: [], more: false, hidden: 0 },
          { queue: 'work', url: OTHER, letters: [letter], more: false, hidden: 0 },
        ],
      });
    });

    it('stops at as many as a person reads, and says that there are more', async () => {
      for (let number = 0; number < 101; number += 1) queues.put(DEAD, 'any');

      await run();

      expect(output).toContain('desired-states: at least 100\n');
      expect(await queues.hiddenIn(DEAD)).toBe(0);
    });

    it('tells of letters that another command has taken, and does not call the queue clean', async () => {
      queues.put(DEAD, 'any');
      await queues.take(DEAD, HOUR);

      expect(await run()).toBe(1);
      expect(output).toContain('desired-states: empty, and about 1 that another command has taken\n');
    });

    it.each([
      { ageSeconds: 60, age: '1 min' },
      { ageSeconds: 24 * HOUR, age: '1 d' },
      // The clock of this machine is behind.
      { ageSeconds: -5, age: '0 s' },
    ])('says an age of $ageSeconds s as $age', async ({ ageSeconds, age }) => {
      queues.put(DEAD, 'any', { ageSeconds });

      await run();

      expect(output).toContain(`message-1, ${age} old`);
    });

    it('cuts a body through no character', async () => {
      queues.put(DEAD, `${'x'.repeat(159)}😀 and more`);

      await run();

      expect(output).toContain(`body:   ${'x'.repeat(159)}…\n`);
    });
  });

  describe('--replay', () => {
    it('sends every letter to where it came from, without the attributes of its last failure, and ends with 0', async () => {
      const bodies = Array.from({ length: 12 }, (_, number) => `body ${number}`);
      for (const body of bodies) queues.put(DEAD, body, { attributes: { reason: 'any' } });
      queues.put(OTHER, 'elsewhere');

      expect(await run({ replay: 'desired-states' })).toBe(0);

      expect(queues.bodiesIn(SOURCE)).toEqual(bodies);
      expect((await queues.take(SOURCE, 1)).map(({ attributes }) => attributes)).toContainEqual({});
      expect(queues.bodiesIn(DEAD)).toEqual([]);
      expect(queues.bodiesIn(OTHER)).toEqual(['elsewhere']);
      expect(output).toBe(`desired-states: 12 sent back to ${SOURCE}\n`);
      expect(notices).toContain('run the command again in a while');
    });

    it('has nothing to do in an empty queue', async () => {
      expect(await run({ replay: 'work' })).toBe(0);
      expect([output, notices]).toEqual([
        'work: 0 sent back to https://sqs.example/looks, https://sqs.example/ends\n',
        '',
      ]);
    });

    it('sends each letter to the queue that SQS has moved it from, or that EventBridge could not reach', async () => {
      queues.put(OTHER, 'a look', { movedFrom: 'arn:aws:sqs:eu-central-1:000000000000:looks' });
      queues.put(OTHER, 'an end', { attributes: { TARGET_ARN: 'arn:aws:sqs:eu-central-1:000000000000:ends' } });

      expect(await run({ replay: 'work' })).toBe(0);

      expect(queues.bodiesIn('https://sqs.example/looks')).toEqual(['a look']);
      expect(queues.bodiesIn('https://sqs.example/ends')).toEqual(['an end']);
      expect(queues.bodiesIn(OTHER)).toEqual([]);
    });

    it('keeps a letter that does not tell where it was meant for, and names it', async () => {
      queues.put(OTHER, 'by hand');

      await expect(run({ replay: 'work' })).rejects.toThrow(/message id message-1 does not tell which queue/u);
      expect(queues.bodiesIn(OTHER)).toEqual(['by hand']);
      expect(await queues.hiddenIn(OTHER)).toBe(0);
    });

    it('tells programs which letters it has sent', async () => {
      const id = queues.put(DEAD, 'any');

      await run({ replay: 'desired-states', json: true });

      expect(JSON.parse(output)).toEqual({
        queue: 'desired-states',
        url: DEAD,
        to: SOURCE,
        sent: [id],
        more: false,
        hidden: 0,
      });
    });

    it('ends although a letter that is still at fault comes back at once', async () => {
      queues.put(DEAD, 'at fault');
      queues.arrived = (_, body) => queues.put(DEAD, body);

      expect(await run({ replay: 'desired-states' })).toBe(0);

      expect(queues.bodiesIn(DEAD)).toEqual(['at fault']);
      expect(queues.calls.filter((call) => call.startsWith('send'))).toHaveLength(1);
    });

    it('takes a thousand at once, and ends with 1 when there are more', async () => {
      for (let number = 0; number < 1001; number += 1) queues.put(DEAD, 'any');

      expect(await run({ replay: 'desired-states' })).toBe(1);

      expect(queues.bodiesIn(SOURCE)).toHaveLength(1000);
      expect(notices).toContain('There may be more: run the command again.');
    });

    it('ends with 1 when another command has taken some', async () => {
      queues.put(DEAD, 'any');
      await queues.take(DEAD, HOUR);

      expect(await run({ replay: 'desired-states' })).toBe(1);
      expect(notices).toContain('About 1 are hidden');
    });

    it('says what it has done when SQS says no, and gives the others back', async () => {
      for (const body of ['one', 'two', 'three']) queues.put(DEAD, body);
      queues.before = (call) => {
        if (call === `send ${SOURCE}` && queues.bodiesIn(SOURCE).length === 1)
          throw new Error('sqs:SendMessage failed.');
      };

      await expect(run({ replay: 'desired-states' })).rejects.toMatchObject({
        name: 'OperatorError',
        message: expect.stringMatching(/^1 of 3 letters .*sqs:SendMessage failed.*as before.*message-2/su) as string,
      });
      expect(queues.bodiesIn(DEAD)).toEqual(['two', 'three']);
      expect(await queues.hiddenIn(DEAD)).toBe(0);
    });

    it('says so when the others cannot be given back either', async () => {
      queues.put(DEAD, 'one');
      queues.before = (call) => {
        if (!/^(?:take|count)/u.test(call)) throw new Error('no network');
      };

      await expect(run({ replay: 'desired-states' })).rejects.toThrow(/after a quarter of an hour/u);
    });

    it('killed at any call and run again, loses no letter, and sends one twice at most', async () => {
      const bodies = ['one', 'two', 'three'];
      const kills = 2 + 1 + 2 * bodies.length;
      const doubled: number[] = [];
      for (let lived = 0; lived < kills; lived += 1) {
        queues = new FakeLetterQueues();
        for (const body of bodies) queues.put(DEAD, body);
        queues.before = () => {
          if (queues.calls.length >= lived) throw new KilledError();
        };
        await expect(run({ replay: 'desired-states' })).rejects.toThrow();
        const lost = bodies.filter((body) => ![DEAD, SOURCE].some((url) => queues.bodiesIn(url).includes(body)));
        expect({ lived, lost }).toEqual({ lived, lost: [] });

        queues.before = () => undefined;
        queues.now += LONG_AFTER;
        expect(await run({ replay: 'desired-states' })).toBe(0);

        expect(queues.bodiesIn(DEAD)).toEqual([]);
        expect(new Set(queues.bodiesIn(SOURCE))).toEqual(new Set(bodies));
        doubled.push(queues.bodiesIn(SOURCE).length - bodies.length);
      }
      // Killed between sending and removing, and nowhere else.
      expect(doubled).toEqual([0, 0, 0, 0, 1, 0, 1, 0, 1]);
    });
  });

  describe('--letter', () => {
    const LOOKS = { movedFrom: 'arn:aws:sqs:eu-central-1:000000000000:looks' };

    it('with --replay sends this one back alone', async () => {
      queues.put(OTHER, 'one', LOOKS);
      const letter = queues.put(OTHER, 'two', LOOKS);

      expect(await run({ replay: 'work', letter })).toBe(0);

      expect(queues.bodiesIn('https://sqs.example/looks')).toEqual(['two']);
      expect(queues.bodiesIn(OTHER)).toEqual(['one']);
      expect(await queues.hiddenIn(OTHER)).toBe(0);
      expect(output).toBe(`work: ${letter} sent back to https://sqs.example/looks\n`);
    });

    it('with --delete deletes this one alone, and prints its body for programs', async () => {
      const letter = queues.put(DEAD, 'at fault');
      queues.put(DEAD, 'another');

      expect(await run({ remove: 'desired-states', letter, json: true })).toBe(0);

      expect(queues.bodiesIn(DEAD)).toEqual(['another']);
      expect(queues.bodiesIn(SOURCE)).toEqual([]);
      expect(await queues.hiddenIn(DEAD)).toBe(0);
      expect(JSON.parse(output)).toEqual({
        queue: 'desired-states',
        url: DEAD,
        id: letter,
        to: null,
        body: 'at fault',
      });
    });

    it('says in words what it has deleted', async () => {
      const letter = queues.put(DEAD, 'at fault');

      await run({ remove: 'desired-states', letter });

      expect(output).toBe(`desired-states: ${letter} deleted\n`);
    });

    it('says that there is no such letter, and touches no other', async () => {
      queues.put(DEAD, 'any');

      await expect(run({ remove: 'desired-states', letter: 'nobody' })).rejects.toThrow(
        /^There is no letter nobody in desired-states: /u,
      );
      expect(queues.bodiesIn(DEAD)).toEqual(['any']);
      expect(await queues.hiddenIn(DEAD)).toBe(0);
    });

    it('says that it may be hidden, where another command has taken some', async () => {
      const letter = queues.put(DEAD, 'any');
      await queues.take(DEAD, HOUR);

      await expect(run({ replay: 'desired-states', letter })).rejects.toThrow(/does not show now: /u);
    });

    it('keeps one that does not tell where it was meant for', async () => {
      const letter = queues.put(OTHER, 'by hand');

      await expect(run({ replay: 'work', letter })).rejects.toThrow(/Delete it by --delete/u);
      expect(queues.bodiesIn(OTHER)).toEqual(['by hand']);
      expect(await queues.hiddenIn(OTHER)).toBe(0);
    });

    it('killed at any call, loses no letter that is sent back', async () => {
      for (let lived = 0; lived < 5; lived += 1) {
        queues = new FakeLetterQueues();
        const letter = queues.put(DEAD, 'any');
        queues.before = () => {
          if (queues.calls.length >= lived) throw new KilledError();
        };
        await run({ replay: 'desired-states', letter }).catch(() => undefined);

        expect({ lived, kept: [...queues.bodiesIn(DEAD), ...queues.bodiesIn(SOURCE)].length > 0 }).toEqual({
          lived,
          kept: true,
        });
      }
    });
  });
});
