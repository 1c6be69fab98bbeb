import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { type OutcomeState, outcomesOf } from '../../../functions/steps/outcome';
import closeAccount from '../../../statemachines/close-account.asl.json';
import vendAccount from '../../../statemachines/vend-account.asl.json';

/** The words of a state's result that Choice and Wait states of the workflows read, as `State.word`. */
const read = [
  ...new Set(
    [vendAccount, closeAccount].flatMap((definition) =>
      [...JSON.stringify(definition).matchAll(/\$\.results\.(\w+\.\w+)/gu)].map(([, word = '']) => word),
    ),
  ),
].toSorted();

/** Those of states that only hand on what the token said, or the facts of a plan, of roles or of grants. */
const isOfOutcome = (word: string): boolean => !/^(Await|Plan|Guard|Open|SetAccountAlias|GrantAccess)/u.test(word);

const wordsOf = (word: string): readonly [OutcomeState, string] => {
  const [state = '', name = ''] = word.split('.');
  // An unknown person gets no words, and the test tells its name.
  return [state as OutcomeState, name];
};

describe('what a step says about what comes next', () => {
  it('is read by the workflows', () => {
    expect(read.filter(isOfOutcome).length).toBeGreaterThan(20);
  });

  it.each(read.filter(isOfOutcome))('has every word that the workflows read, whatever comes next: %s', (word) => {
    const [state, name] = wordsOf(word);
    const { done, requeueAfter } = outcomesOf(state);
    expect(done().result).toHaveProperty(name);
    expect(requeueAfter(1).result).toHaveProperty(name);
  });

  it.each([
    [outcomesOf('CheckAccount').done(), { ready: true, createAgain: false, waitSeconds: 0 }],
    [outcomesOf('CheckAccount').requeueAfter(7), { ready: false, createAgain: false, waitSeconds: 7 }],
    [outcomesOf('CheckAccount').goTo('request'), { ready: false, createAgain: true, waitSeconds: 0 }],
    [
      outcomesOf('CheckEnrollment').goTo('request'),
      { ready: false, enrollAgain: true, reopen: false, unenrollAgain: false, waitSeconds: 0 },
    ],
    [
      outcomesOf('CheckEnrollment').goTo('roles'),
      { ready: false, enrollAgain: true, reopen: true, unenrollAgain: false, waitSeconds: 0 },
    ],
    [outcomesOf('UnenrollAccount').goTo('check'), { ready: false, turnNeeded: false }],
    [outcomesOf('CreateAccount').goTo('turn'), { asked: false, turnNeeded: true, waitSeconds: 0 }],
  ])('is the JSON that executions of the release before read, too', ({ result }, words) => {
    expect(result).toEqual(words);
  });

  it('has facts and a remark beside it', () => {
    const { done } = outcomesOf('CreateAccount');
    expect(done({ facts: { asked: true, waitSeconds: 10 }, remark: 'Asked.' })).toEqual({
      result: { asked: true, turnNeeded: false, waitSeconds: 10 },
      remark: 'Asked.',
    });
    expect(done('Known.')).toMatchObject({ remark: 'Known.' });
  });

  it('is said by no step in its own words', () => {
    const files = readdirSync('functions/steps', { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && file !== 'outcome.ts',
    );
    const own = files.filter((file) =>
      /\b(ready|turnNeeded|reopen|\w+Again): (true|false)/u.test(
        readFileSync(path.join('functions/steps', file), 'utf8'),
      ),
    );
    expect(own).toEqual([]);
  });
});
