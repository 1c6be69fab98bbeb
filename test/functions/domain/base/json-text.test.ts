import { faultOfText } from '../../../../functions/domain/base/json-text';

const MAX_LEVELS = 64;

const nested = (levels: number, open = '[', close = ']'): string => open.repeat(levels) + close.repeat(levels);

describe('a JSON text', () => {
  it.each(['{}', '[]', '"x"', '17', 'null', '{"a":{"b":[1,{"c":"d"}]},"e":"]}{["}', '{"a":"\\"","b":"\\\\"}', '"🌱"'])(
    'is fine where it has nothing of that: %s',
    (text) => {
      expect(faultOfText(text, 'body')).toBeUndefined();
    },
  );

  it('may be nested 64 levels deep, and no deeper', () => {
    expect(faultOfText(nested(MAX_LEVELS), 'body')).toBeUndefined();
    expect(faultOfText(nested(MAX_LEVELS + 1), 'body')).toMatchObject({ field: 'body', limit: 64 });
    expect(faultOfText(nested(MAX_LEVELS + 1), 'detail', 1)).toBeUndefined();
    expect(faultOfText(nested(MAX_LEVELS + 1, '{"a":', '}').replace('}', '1}'), 'body')).toMatchObject({ limit: 64 });
  });

  it('is judged however deep it is', () => {
    expect(faultOfText(nested(2_000_000), 'body')).toMatchObject({ limit: 64 });
  });

  it('counts levels that are open, and not all that there were', () => {
    expect(faultOfText(`[${Array.from({ length: 100 }, () => '[]').join(',')}]`, 'body')).toBeUndefined();
  });

  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['{"x":[{"b":1},{"b":1,"c":{},"b":2}]}', 'x[1].b'],
    ['{"tenant":{"metadata":{"uuid":"1","uuid":"2"}}}', 'tenant.metadata.uuid'],
  ])('has no key twice in one object: %s', (text, field) => {
    expect(faultOfText(text, 'body')).toMatchObject({
      field,
      message: expect.stringContaining('is there twice') as string,
    });
  });

  it('may have a key again in another object, and as a value', () => {
    expect(faultOfText('{"a":{"a":"a"},"b":["a","a"]}', 'body')).toBeUndefined();
  });

  it.each([
    ['"\\ud800"', 'body'],
    ['{"a":["x","\\udc00"]}', 'a[1]'],
    ['{"a":"\\ud83c"}', 'a'],
    ['{"\\ud800":1}', '�'],
  ])('has no half characters: %s', (text, field) => {
    expect(faultOfText(text, 'body')).toMatchObject({ field, message: expect.stringContaining('surrogate') as string });
  });

  it('may have both halves', () => {
    expect(faultOfText('"\\ud83c\\udf31"', 'body')).toBeUndefined();
  });

  it('names what is the sender’s', () => {
    expect(faultOfText('{"detail":{"a":{"b":1,"b":2}}}', 'detail', 1)).toMatchObject({ field: 'a.b' });
    expect(faultOfText('{"detail":1,"detail":2}', 'detail', 1)).toMatchObject({ field: 'detail' });
  });
});
