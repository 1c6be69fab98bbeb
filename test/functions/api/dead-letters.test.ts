import { ProblemSchema } from '../../../functions/api/responses';
import {
  DeadLetterDeletedSchema,
  DeadLetterListSchema,
  DeadLetterReplayedSchema,
  DeadLetterSchema,
} from '../../../functions/api/dead-letter-responses';
import { takeLetter } from '../../../functions/dead-letters/letters-in-queue';
import { takeLetters } from '../../../functions/dead-letters/take-letters';
import { FakeLetterQueues, KilledError } from '../../fakes/fake-letter-queues';
import { type ApiAnswer, ApiWorld, CALLER, detailOf, expectProblem } from './api-world';

const [DEAD, WANTED, GIVEN_UP, LOOKS] = ['q/dead', 'q/wanted', 'q/given-up', 'q/looks'];
const HALF_A_MINUTE = 30;

describe('dead letters in the API', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  const list = (query: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> =>
    api.call({ httpMethod: 'GET', resource: '/dead-letters', queryStringParameters: query });

  const one = (httpMethod: string, queue: string, id: string, action = ''): Promise<ApiAnswer> =>
    api.call({ httpMethod, resource: `/dead-letters/{queue}/{id}${action}`, pathParameters: { queue, id } });

  const replay = (queue: string, id: string): Promise<ApiAnswer> => one('POST', queue, id, '/replay');

  const inPages = async (limit: number, query: Readonly<Record<string, string>> = {}): Promise<readonly string[][]> => {
    const pages: string[][] = [];
    let cursor: string | null = null;
    do {
      const given: Readonly<Record<string, string>> = cursor === null ? {} : { cursor };
      const page = DeadLetterListSchema.parse((await list({ limit: String(limit), ...query, ...given })).body);
      pages.push(page.deadLetters.map(({ body }) => body));
      cursor = page.cursor;
    } while (cursor !== null);
    return pages;
  };

  const isEverythingVisible = async (): Promise<boolean> =>
    (await Promise.all([DEAD, GIVEN_UP].map((url) => api.letters.hiddenIn(url)))).every((count) => count === 0);

  describe('are listed', () => {
    it('where there is none', async () => {
      expect(DeadLetterListSchema.parse((await list()).body)).toEqual({
        deadLetters: [],
        queues: [
          { queue: 'desired-states', hidden: 0, more: false },
          { queue: 'work', hidden: 0, more: false },
        ],
        cursor: null,
      });
    });

    it('with the reason, the field, and the function that gets it back', async () => {
      const attributes = { reason: 'tenant: is missing', field: 'tenant' };
      const id = api.letters.put(DEAD, '{}', { ageSeconds: 5, attributes });
      const movedFrom = 'arn:aws:sqs:eu-central-1:1:looks';
      api.letters.put(GIVEN_UP, 'a look', { movedFrom });
      api.letters.put(GIVEN_UP, 'by hand');

      const { deadLetters } = DeadLetterListSchema.parse((await list()).body);

      expect(deadLetters[0]).toMatchObject({ queue: 'desired-states', id, ...attributes, returnsTo: 'vending-Intake' });
      expect(deadLetters[1]).toMatchObject({ queue: 'work', field: null, returnsTo: 'vending-WatchRuns' });
      expect(deadLetters[1]?.reason).toMatch(/^vending-WatchRuns has got it 10 times/u);
      expect(deadLetters[2]).toMatchObject({ returnsTo: null });
    });

    it('oldest first, in pages that join, whatever order SQS gives', async () => {
      for (const ageSeconds of [3, 25, 7, 11, 19, 2, 23, 5, 17, 13, 29, 31]) {
        api.letters.put(ageSeconds % 2 === 0 ? DEAD : GIVEN_UP, `${ageSeconds}`, { ageSeconds });
        api.letters.put(ageSeconds > 12 ? DEAD : GIVEN_UP, `${ageSeconds}'`, { ageSeconds });
      }

      const pages = await inPages(5);

      expect(pages.map(({ length }) => length)).toEqual([5, 5, 5, 5, 4]);
      const ages = pages.flat().map((body) => Number(body.replace("'", '')));
      expect(ages).toEqual(ages.toSorted((first, second) => second - first));
      expect(new Set(pages.flat()).size).toBe(24);
      expect(await isEverythingVisible()).toBe(true);
    });

    it('in a page that says when it was the last one', async () => {
      for (const ageSeconds of [1, 2, 3, 4]) api.letters.put(DEAD, `${ageSeconds}`, { ageSeconds });
      expect(await inPages(2)).toEqual([
        ['4', '3'],
        ['2', '1'],
      ]);
    });

    it('of one queue alone', async () => {
      api.letters.put(DEAD, 'a');
      api.letters.put(GIVEN_UP, 'b');
      expect(await inPages(50, { queue: 'work' })).toEqual([['b']]);
      expect(api.letters.calls.filter((call) => call.endsWith(DEAD))).toEqual([]);
    });

    it('with the first thousand characters of the body, cut through none', async () => {
      api.letters.put(DEAD, `${'x'.repeat(999)}😀`);
      const { deadLetters } = DeadLetterListSchema.parse((await list()).body);
      expect(deadLetters[0]).toMatchObject({ body: `${'x'.repeat(999)}\uFFFD`, isShortened: true });
    });

    it('with all of a body that has no more', async () => {
      api.letters.put(DEAD, 'x'.repeat(1000));
      const { deadLetters } = DeadLetterListSchema.parse((await list()).body);
      expect(deadLetters[0]).toMatchObject({ body: 'x'.repeat(1000), isShortened: false });
    });

    it('up to five hundred of a queue, and the answer says that there are more', async () => {
      for (let count = 0; count < 511; count += 1) api.letters.put(DEAD, 'x');
      const { queues } = DeadLetterListSchema.parse((await list({ limit: '1' })).body);
      expect(queues).toContainEqual({ queue: 'desired-states', hidden: 0, more: true });
      expect(await isEverythingVisible()).toBe(true);
    });

    it('but for those that somebody else looks at, which are counted', async () => {
      api.letters.put(DEAD, 'x');
      await api.letters.take(DEAD, HALF_A_MINUTE);
      const { deadLetters, queues } = DeadLetterListSchema.parse((await list()).body);
      expect(deadLetters).toEqual([]);
      expect(queues).toContainEqual({ queue: 'desired-states', hidden: 1, more: false });
    });

    it.each([
      { query: { queue: 'x' }, fields: ['queue'] },
      { query: { limit: '0', cursor: 'x' }, fields: ['limit', 'cursor'] },
      { query: { cursor: '' }, fields: ['cursor'] },
    ])('not by $query: 400', async ({ query, fields }) => {
      expectProblem(await list(query), 400, 'invalid-request', ...fields);
      expect(api.letters.calls).toEqual([]);
    });

    it('of a queue that there is not, and those that there are: 400', async () => {
      const answer = await list({ queue: 'x' });
      expect(ProblemSchema.parse(answer.body).errors).toEqual([
        {
          field: 'queue',
          message: expect.stringContaining('one of desired-states, work.') as string,
          value: 'x',
          limit: 'desired-states, work',
        },
      ]);
    });
  });

  describe('one', () => {
    it('is read whole among others, and stays', async () => {
      for (let count = 0; count < 15; count += 1) api.letters.put(DEAD, 'other');
      const id = api.letters.put(DEAD, 'y'.repeat(5000));
      for (let count = 0; count < 15; count += 1) api.letters.put(DEAD, 'other');

      const letter = DeadLetterSchema.parse((await one('GET', 'desired-states', id)).body);

      expect(letter).toMatchObject({ id, body: 'y'.repeat(5000) });
      expect(api.letters.bodiesIn(DEAD)).toHaveLength(31);
      expect(await isEverythingVisible()).toBe(true);
    });

    it('is sent back to where it was meant for, and no other is', async () => {
      const movedFrom = 'arn:aws:sqs:eu-central-1:1:looks';
      api.letters.put(GIVEN_UP, 'other', { movedFrom });
      const id = api.letters.put(GIVEN_UP, 'a look', { movedFrom });

      const answer = await replay('work', id);

      expect(answer.status).toBe(202);
      expect(DeadLetterReplayedSchema.parse(answer.body)).toEqual({
        queue: 'work',
        id,
        returnsTo: 'vending-WatchRuns',
      });
      expect([api.letters.bodiesIn(GIVEN_UP), api.letters.bodiesIn(LOOKS)]).toEqual([['other'], ['a look']]);
      expect(await isEverythingVisible()).toBe(true);
      expect(api.log.entries).toContainEqual(
        expect.objectContaining({
          sentence: 'A dead letter was sent back',
          keys: expect.objectContaining({ id, caller: CALLER }) as unknown,
        }),
      );
    });

    it('that does not tell where it was meant for is kept: 409', async () => {
      const id = api.letters.put(GIVEN_UP, 'by hand');
      expectProblem(await replay('work', id), 409, 'conflict');
      expect(api.letters.bodiesIn(GIVEN_UP)).toEqual(['by hand']);
      expect(await isEverythingVisible()).toBe(true);
    });

    it('is deleted, and the log keeps by whom; a second call finds none', async () => {
      const id = api.letters.put(DEAD, 'x');
      api.letters.put(DEAD, 'other');

      const answer = await one('DELETE', 'desired-states', id);

      expect(DeadLetterDeletedSchema.parse(answer.body)).toEqual({ queue: 'desired-states', id, deletedBy: CALLER });
      expect(api.letters.bodiesIn(DEAD)).toEqual(['other']);
      expect(api.log.entries).toContainEqual(expect.objectContaining({ sentence: 'A dead letter was deleted' }));
      expectProblem(await one('DELETE', 'desired-states', id), 404, 'not-found');
      expect(api.letters.bodiesIn(DEAD)).toEqual(['other']);
    });

    it('that another call has taken is not said to be gone: 409', async () => {
      const id = api.letters.put(DEAD, 'x');
      await api.letters.take(DEAD, HALF_A_MINUTE);
      const answer = await one('DELETE', 'desired-states', id);
      expectProblem(answer, 409, 'conflict');
      expect(detailOf(answer)).toContain('in half a minute');
    });

    it.each([
      { queue: 'x', id: 'message-1', says: 'There are desired-states, work.' },
      { queue: 'work', id: 'message-1', says: "no dead letter 'message-1' any more" },
    ])('in $queue is not there: 404', async ({ queue, id, says }) => {
      api.letters.put(DEAD, 'x');
      const answer = await replay(queue, id);
      expectProblem(answer, 404, 'not-found');
      expect(detailOf(answer)).toContain(says);
    });

    it('that could not be sent is given back', async () => {
      const id = api.letters.put(DEAD, 'x');
      api.letters.before = (call) => {
        if (call === `send ${WANTED}`) throw new Error('SQS says no');
      };
      expectProblem(await replay('desired-states', id), 500, 'internal');
      expect(await isEverythingVisible()).toBe(true);
      expect(api.letters.bodiesIn(DEAD)).toEqual(['x']);
    });

    it('is lost by no call that is killed, at whatever call of SQS, and is sent twice at most', async () => {
      const sent: number[] = [];
      for (let lived = 0; lived < 6; lived += 1) {
        api = new ApiWorld();
        const { letters } = api;
        const id = letters.put(DEAD, 'x');
        letters.before = () => {
          if (letters.calls.length >= lived) throw new KilledError();
        };
        await replay('desired-states', id);
        expect([...letters.bodiesIn(DEAD), ...letters.bodiesIn(WANTED)]).toContain('x');
        letters.before = () => undefined;
        letters.now += HALF_A_MINUTE;
        await replay('desired-states', id);
        expect(letters.bodiesIn(DEAD)).toEqual([]);
        sent.push(letters.bodiesIn(WANTED).length);
      }
      // Killed between sending and removing, and nowhere else.
      expect(sent).toEqual([1, 1, 1, 1, 2, 1]);
    });
  });
});

describe('letters of a queue', () => {
  const URL = 'q/dead';
  let letters: FakeLetterQueues;

  beforeEach(() => {
    letters = new FakeLetterQueues();
  });

  const put = (count: number, body = 'x'): readonly string[] =>
    Array.from({ length: count }, () => letters.put(URL, body));

  const takes = (): number => letters.calls.filter((call) => call === `take ${URL}`).length;

  it('are taken as far as anybody has asked for', async () => {
    put(20);
    const { letters: taken, more } = await takeLetters(letters, URL, { limit: 10, hiddenSeconds: 30 });
    expect({ taken: taken.length, more }).toEqual({ taken: 10, more: true });
  });

  it('are taken as long as a function can hold them', async () => {
    put(20, 'x'.repeat(5_000_000));
    const { letters: taken, more } = await takeLetters(letters, URL, { limit: 500, hiddenSeconds: 30 });
    expect({ taken: taken.length, more }).toEqual({ taken: 10, more: true });
  });

  it('are given back but for the one that is wanted, which no other needs to be taken for', async () => {
    const [, , wanted = ''] = put(20);
    expect(await takeLetter(letters, { name: 'dead', url: URL, sources: [] }, wanted)).toMatchObject({ id: wanted });
    expect(takes()).toBe(1);
    expect(await letters.hiddenIn(URL)).toBe(1);
  });
});
