import { JavaFormatError, javaFormat } from '../../../../../functions/domain/templates/java-format';
import vectors from './vectors.json';

type Vector = readonly [format: string, value: string | number, expected: string | null];

const all = vectors as unknown as readonly Vector[];
const PROJECT = 'my-project';

const formatted = (format: string, value: string | number): string | null => {
  try {
    return javaFormat(format, value);
  } catch (error) {
    if (error instanceof JavaFormatError) return null;
    throw error;
  }
};

describe('javaFormat', () => {
  it('agrees with OpenJDK 17 on every recorded vector', () => {
    const disagreements = all.filter(([format, value, expected]) => formatted(format, value) !== expected);

    expect(disagreements).toEqual([]);
    expect(all.length).toBeGreaterThan(1500);
  });

  it.each([
    ['%.7s', PROJECT, 'my-proj'],
    ['%.30s', PROJECT, 'my-project'],
    ['%15s', PROJECT, '     my-project'],
    ['%-15s', PROJECT, 'my-project     '],
    ['%-30.30s', PROJECT, 'my-project                    '],
    ['%5.3s', PROJECT, '  my-'],
    ['%S', PROJECT, 'MY-PROJECT'],
    ['%.3S', PROJECT, 'MY-'],
    ['%.0s', PROJECT, ''],
    ['x%sy', PROJECT, 'xmy-projecty'],
    ['%%', PROJECT, '%'],
    ['abc', PROJECT, 'abc'],
    ['%1$s', PROJECT, 'my-project'],
    ['%d', 4, '4'],
    ['%03d', 4, '004'],
    ['%03d', 1234567, '1234567'],
    ['%03d', -4, '-04'],
    ['%3d', 4, '  4'],
    ['%-5d', 4, '4    '],
    ['%+d', 4, '+4'],
    ['%,d', 1234567, '1,234,567'],
    ['%x', 1234567, '12d687'],
    ['%08X', 1234567, '0012D687'],
    ['%o', 1234567, '4553207'],
    ['%s', 4, '4'],
    ['%.1s', 1234567, '1'],
    ['%5s', 4, '    4'],
    ['%b', PROJECT, 'true'],
    ['%b', 4, 'true'],
  ])('formats with %j the value %j to %j, as in the documentation and its neighbours', (format, value, expected) => {
    expect(javaFormat(format, value)).toBe(expected);
  });

  it.each([
    ['%d', PROJECT, 'which is for numbers'],
    ['%03d', PROJECT, 'which is for numbers'],
    ['%x', PROJECT, 'which is for numbers'],
    ['%c', PROJECT, 'which is for single characters'],
    ['%,d', PROJECT, 'which is for numbers'],
    ['%03s', PROJECT, "the flag '0', which does not go with 's'"],
    ['%.2d', 4, "a precision, which 'd' does not take"],
    ['%f', 4, 'which is for decimal fractions'],
    ['%e', 4, 'which is for decimal fractions'],
    ['%.s', PROJECT, 'begins no format'],
    ['%-.7s', PROJECT, 'without a width'],
    ['%-0s', PROJECT, 'without a width'],
    ['%2$s', PROJECT, 'there is one value only'],
    ['%s%s', PROJECT, 'there is one value only'],
    ['%tY', 4, 'formats a date'],
    ['%q', PROJECT, "the unknown conversion 'q'"],
    ['%--5s', PROJECT, 'repeats a flag'],
    ['%-05d', 4, 'exclude each other'],
    ['%5n', PROJECT, 'a width to a line break'],
    ['%99999999999s', PROJECT, 'more than 1000 characters'],
    ['%.1001s', PROJECT, 'more than 1000 characters'],
  ])('refuses %j for %j and says why', (format, value, reason) => {
    expect(() => javaFormat(format, value)).toThrow(reason);
    expect(() => javaFormat(format, value)).toThrow(JavaFormatError);
  });
});
