import { miniStackDifferences } from '../../sandbox/recordings/differences';
import type { Recording } from '../../sandbox/recordings/recording';
import { stepFunctionsRecordings } from '../../sandbox/recordings/step-functions';
import { MiniStackPlayer, type PlayedOnMiniStack } from './ministack-player';

const all = Object.values(stepFunctionsRecordings).flat();
const explained = miniStackDifferences.flatMap(({ shows }) => shows);
const runningOn = new Set(miniStackDifferences.flatMap(({ runsOn, shows }) => (runsOn === true ? shows : [])));

const typeOf = (event: string): string => event.split(' ')[0] ?? '';
/** How MiniStack tells of what it does. Where it tells of it by fewer events, or by other names, it may do the same. */
const MINISTACK_EVENTS = {
  /** Each try of a function, or of a token, is a Task. */
  renamed: {
    LambdaFunctionScheduled: 'TaskScheduled',
    LambdaFunctionSucceeded: 'TaskSucceeded',
    LambdaFunctionFailed: 'TaskFailed',
    LambdaFunctionTimedOut: 'TaskFailed',
    TaskTimedOut: 'TaskFailed',
  },
  /** It has no events of iterations, nor of what is within them. */
  untold: [
    'LambdaFunctionStarted',
    'TaskStarted',
    'TaskSubmitted',
    'MapStateStarted',
    'MapStateSucceeded',
    'MapStateFailed',
    'MapIterationStarted',
    'MapIterationSucceeded',
    'MapIterationFailed',
  ],
} as const;

const renamed = new Map<string, string>(Object.entries(MINISTACK_EVENTS.renamed));
const untold = new Set<string>(MINISTACK_EVENTS.untold);

/** The events of a recording, as MiniStack tells of them. */
function told(events: readonly string[]): readonly string[] {
  let iterations = 0;
  return events.flatMap((event) => {
    const type = typeOf(event);
    if (type === 'MapIterationStarted') iterations += 1;
    if (type === 'MapIterationSucceeded' || type === 'MapIterationFailed') iterations -= 1;
    return untold.has(type) || iterations > 0 ? [] : [renamed.get(type) ?? event];
  });
}

/** The words of a States.Runtime are each interpreter's own; none of our code reads them. */
const withoutOwnWords = (end: PlayedOnMiniStack['end']): unknown =>
  'error' in end && end.error === 'States.Runtime' ? { error: end.error } : end;

function isAsRecorded(recording: Recording, { events, end, seconds }: PlayedOnMiniStack): boolean {
  const isInTime = seconds >= (recording.seconds ?? 0);
  const said = [events, withoutOwnWords(end)];
  return isInTime && JSON.stringify(said) === JSON.stringify([told(recording.events), withoutOwnWords(recording.end)]);
}

describe('executions that were recorded on AWS, on MiniStack', () => {
  const played = new Map<Recording, PlayedOnMiniStack>();

  beforeAll(async () => {
    const player = await MiniStackPlayer.start(all);
    try {
      for (const one of all) played.set(one, await player.play(one, { runsOn: runningOn.has(one.shows) }));
    } finally {
      await player.stop();
    }
  });

  it('end as they were recorded, by the same events, unless a reason is known', () => {
    const different = all.flatMap((one) => {
      const here = played.get(one);
      return here !== undefined && isAsRecorded(one, here) ? [] : [{ shows: one.shows, here }];
    });

    expect(different.filter(({ shows }) => !explained.includes(shows))).toEqual([]);
    expect(different.map(({ shows }) => shows).toSorted()).toEqual([...explained].toSorted());
  });

  it('are told by no event that MiniStack is said to have under another name, or not at all', () => {
    const types = new Set([...played.values()].flatMap(({ events }) => events.map(typeOf)));

    expect([...types].filter((type) => renamed.has(type) || untold.has(type))).toEqual([]);
  });
});
