import { embeddedDifferences } from '../../../sandbox/recordings/differences';
import type { Recording } from '../../../sandbox/recordings/recording';
import { stepFunctionsRecordings } from '../../../sandbox/recordings/step-functions';
import { playEmbedded, type Played } from './played-recording';

const all = Object.values(stepFunctionsRecordings).flat();
const differing = new Set(embeddedDifferences.flatMap(({ shows }) => shows));

/** The words of a States.Runtime are each interpreter's own; none of our code reads them. */
const isOwnWords = ({ end }: Recording): boolean => 'error' in end && end.error === 'States.Runtime';

const recorded = (recording: Recording): unknown => ({
  events: recording.events,
  end: isOwnWords(recording) ? { error: 'States.Runtime' } : recording.end,
  ...(recording.seconds === undefined ? {} : { seconds: recording.seconds }),
});

/** As far as the recording says it. */
function asRecorded(recording: Recording, { events, end, seconds }: Played): unknown {
  return {
    events,
    end: isOwnWords(recording) && 'error' in end ? { error: end.error } : end,
    ...(recording.seconds === undefined ? {} : { seconds }),
  };
}

describe('executions that were recorded on AWS', () => {
  it('are 120 and more, each of which shows a rule of its own', () => {
    const rules = all.map(({ shows }) => shows);

    expect(all.length).toBeGreaterThanOrEqual(120);
    expect(rules.filter((rule, index) => rules.indexOf(rule) !== index)).toEqual([]);
    expect(all.filter(({ from, on }) => !/^test_\w+ test_\w+/u.test(from) || !/^20\d\d-\d\d-\d\d$/u.test(on))).toEqual(
      [],
    );
  });

  const alike = all.filter(({ shows }) => !differing.has(shows));

  it.each(alike.map((one) => [one.shows, one] as const))('are played as they were recorded: %s', async (_, one) => {
    expect(asRecorded(one, await playEmbedded(one))).toEqual(recorded(one));
  });

  it('are played otherwise where that is said, and nowhere else', async () => {
    const otherwise = all.filter(({ shows }) => differing.has(shows));

    expect(otherwise).toHaveLength(differing.size);
    for (const one of otherwise) expect(asRecorded(one, await playEmbedded(one))).not.toEqual(recorded(one));
  });
});
