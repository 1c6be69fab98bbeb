import path from 'node:path';
import { isolatedEnvironment } from '../../sandbox/environment';

describe('isolatedEnvironment', () => {
  const shell = process.env;
  afterEach(() => {
    process.env = shell;
  });

  it.each([
    'AWS_PROFILE',
    'AWS_ENDPOINT_URL_STS',
    'AWS_ACCESS_KEY_ID',
    'HTTPS_PROXY',
    'NODE_OPTIONS',
    'MINISTACK_REGION',
  ])('leaves out %s of the shell, which would change what the sandbox does or where it calls', (name) => {
    process.env = { ...shell, [name]: 'from the shell' };
    expect(isolatedEnvironment()).not.toHaveProperty(name);
  });

  it('puts this Node first on the PATH, and keeps the programs of the shell', () => {
    process.env = { ...shell, PATH: '/of/the/shell' };
    const folders = isolatedEnvironment()['PATH']?.split(path.delimiter);
    expect(folders?.[0]).toBe(path.dirname(process.execPath));
    expect(folders).toContain('/of/the/shell');
  });
});
