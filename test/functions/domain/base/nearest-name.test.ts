import { nearest } from '../../../../functions/domain/base/nearest-name';

describe('nearest', () => {
  it.each([
    ['acountEmailPattern', 'accountEmailPattern'],
    ['REGION', 'region'],
    ['regoin', 'region'],
    ['accountPattern', 'accountEmailPattern'],
    ['whatever', undefined],
    ['colour', undefined],
  ])('takes %j for %j', (name, expected) => {
    expect(nearest(name, ['region', 'accountEmailPattern', 'name'])).toBe(expected);
  });
});
