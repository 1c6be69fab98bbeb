import {
  absent,
  after,
  count,
  document,
  excludes,
  includes,
  list,
  matches,
  mismatch,
  type Pattern,
  text,
  time,
} from '../../conformance/pattern';

describe('a pattern', () => {
  it.each<readonly [unknown, Pattern]>([
    [{ Id: 'a', More: 1 }, { Id: 'a' }],
    [{ Items: [1, 2] }, { Items: [1, 2] }],
    [{}, { Token: absent }],
    [{ Id: 'ou-1' }, { Id: matches(/^ou-/u) }],
    [{ Items: [{ Id: 'a' }, { Id: 'b' }] }, { Items: includes({ Id: 'b' }) }],
    [{ Items: [{ Id: 'a' }] }, { Items: excludes({ Id: 'b' }) }],
    [{ Items: [] }, { Items: count(0) }],
    [{}, { Items: count(0) }],
    [
      { At: new Date(0), Also: '2026-11-24T12:00:00Z' },
      { At: time, Also: time },
    ],
    [
      { Text: 'x', Items: [] },
      { Text: text, Items: list },
    ],
    [{ Value: 12 }, { Value: { $atLeast: 12 } }],
    [{ At: new Date(1000) }, { At: after('1970-01-01T00:00:00Z') }],
    [{ Document: '%7B%22Version%22%3A%221%22%7D' }, { Document: document({ Version: '1' }) }],
  ])('fits %j: %j', (value, pattern) => {
    expect(mismatch(value, pattern)).toBeUndefined();
  });

  it.each<readonly [unknown, Pattern, string]>([
    [{ Id: 'a' }, { Id: 'b' }, 'the answer.Id is "a", not "b"'],
    [{ Items: [1] }, { Items: [1, 2] }, 'the answer.Items is [1], not a list of 2'],
    [{ Token: 'x' }, { Token: absent }, 'the answer.Token is "x", not is "absent"'],
    [{}, { Id: matches(/^ou-/u) }, 'the answer.Id is absent, not matches "^ou-"'],
    [{ Items: [{ Id: 'a' }] }, { Items: includes({ Id: 'b' }) }, 'the answer.Items has no {"Id":"b"}'],
    [{ Items: [{ Id: 'a' }] }, { Items: excludes({ Id: 'a' }) }, 'the answer.Items has {"Id":"a"}'],
    [{ Items: [1] }, { Items: count(0) }, 'the answer.Items is [1], not count 0'],
    [{ At: 'soon' }, { At: time }, 'the answer.At is "soon", not is "time"'],
    [{ Text: '' }, { Text: text }, 'the answer.Text is "", not is "text"'],
    [{ Value: 11 }, { Value: { $atLeast: 12 } }, 'the answer.Value is 11, not atLeast 12'],
    [{ At: '2026-11-24' }, { At: after('2026-11-24') }, 'the answer.At is "2026-11-24", not after "2026-11-24"'],
    [{ Document: '{}' }, { Document: document({ Version: '1' }) }, 'the answer.Document.Version is absent, not "1"'],
    [undefined, { Id: 'a' }, 'the answer is absent, not an object'],
  ])('does not fit %j: %j', (value, pattern, why) => {
    expect(mismatch(value, pattern)).toBe(why);
  });

  it('has known tests alone', () => {
    expect(() => mismatch(1, { $nothing: 1 })).toThrow('A pattern has no test $nothing.');
  });
});
