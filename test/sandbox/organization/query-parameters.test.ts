import { readQueryParameters } from '../../../sandbox/organization/wire/query-parameters';

describe('readQueryParameters', () => {
  it.each([
    ['plain members', 'RoleName=Worker&MaxItems=5', { RoleName: 'Worker', MaxItems: '5' }],
    ['structures', 'Preferences.MaxConcurrentCount=1', { Preferences: { MaxConcurrentCount: '1' } }],
    [
      'lists of structures',
      'Tags.member.1.Key=a&Tags.member.1.Value=b&Tags.member.2.Key=c&Tags.member.2.Value=',
      {
        Tags: [
          { Key: 'a', Value: 'b' },
          { Key: 'c', Value: '' },
        ],
      },
    ],
    ['an empty list as empty text', 'Tags=', { Tags: '' }],
    ['encoded text', 'Document=%7B%22a%22%3A+1%7D', { Document: '{"a": 1}' }],
  ])('reads %s', (_what, form, expected) => {
    expect(readQueryParameters(new URLSearchParams(form))).toEqual(expected);
  });

  it('orders a list by number and not by text', () => {
    const form = Array.from({ length: 12 }, (_, n) => `R.member.${12 - n}=r${12 - n}`).join('&');
    expect(readQueryParameters(new URLSearchParams(form))).toEqual({
      R: ['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8', 'r9', 'r10', 'r11', 'r12'],
    });
  });
});
