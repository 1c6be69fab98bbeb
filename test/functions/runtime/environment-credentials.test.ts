import { defaultProvider } from '../../../functions/runtime/environment-credentials';

const NAMES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'] as const;

describe('the credentials of a function', () => {
  const before = { ...process.env };

  afterEach(() => {
    process.env = { ...before };
  });

  const given = (values: readonly (string | undefined)[]): void => {
    NAMES.forEach((name, index) => {
      const value = values[index];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    });
  };

  it('are those of its environment', async () => {
    given(['id', 'secret', 'token']);
    expect(await defaultProvider()()).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'token' });
    given(['id', 'secret', undefined]);
    expect(await defaultProvider()()).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret' });
  });

  it('are missed by name', async () => {
    given(['id', undefined, 'token']);
    await expect(defaultProvider()()).rejects.toThrow('AWS_SECRET_ACCESS_KEY is not set');
  });
});
