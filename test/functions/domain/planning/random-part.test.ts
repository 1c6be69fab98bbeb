import fc from 'fast-check';
import { randomPart } from '../../../../functions/domain/planning/rendered-pattern';

describe('randomPart', () => {
  it('is SHA-256 of the uuid in base 36', () => {
    expect(randomPart('7d0c1b1e-0000-4000-8000-000000000001')).toBe(
      '478y1njhvsf10738lswnbwcwkjk34zsyf7a2u586ds59nfxygo',
    );
  });

  it('always has 50 lower-case letters and digits, the same ones for the same tenant', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect(randomPart(uuid)).toMatch(/^[0-9a-z]{50}$/);
        expect(randomPart(uuid)).toBe(randomPart(uuid));
      }),
    );
  });

  it('differs from tenant to tenant, in its first eight characters already', () => {
    const uuids = Array.from(
      { length: 1000 },
      (_, index) => `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`,
    );

    expect(new Set(uuids.map((uuid) => randomPart(uuid).slice(0, 8))).size).toBe(uuids.length);
  });
});
