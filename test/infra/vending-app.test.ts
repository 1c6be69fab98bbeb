import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import cdkJson from '../../cdk.json';
import { functions } from '../../infra/functions';
import { vendingApp } from '../../infra/vending-app';

describe('the CDK app', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'account-vending-app-'));
    cpSync('config', path.join(folder, 'config'), { recursive: true });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const app = (context: Readonly<Record<string, unknown>>): ReturnType<typeof vendingApp> =>
    vendingApp({ outdir: path.join(folder, 'cdk.out'), context: { ...cdkJson.context, ...context } });

  const breakConfiguration = (): void => {
    const file = path.join(folder, 'config/platform.json');
    const platform = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...platform, accountEmailPattern: 'aws+#{tenantNumber}@corp.example' }));
  };

  it('makes one stack with the code of each function, and cdk-nag lets it pass', () => {
    const { stacks } = app({ configDir: path.join(folder, 'config') }).synth();

    expect(stacks.map(({ stackName }) => stackName)).toEqual(['VendingStack']);
    const template = stacks[0]?.template as {
      Resources: Record<string, { Properties?: { Code?: { S3Key?: string } } }>;
    };
    const code = Object.values(template.Resources).flatMap(({ Properties }) => Properties?.Code?.S3Key ?? []);
    expect(code).toHaveLength(Object.keys(functions).length);
    expect(new Set(code).size).toBe(code.length);
  });

  it('stops at a broken configuration with file, field and remedy', () => {
    breakConfiguration();

    expect(() => app({ configDir: path.join(folder, 'config') })).toThrow(
      /platform\.json: accountEmailPattern: .*tenantNumber/u,
    );
  });

  it('says so in words, not in a stack trace', () => {
    breakConfiguration();

    const { status, stderr } = spawnSync('node_modules/.bin/tsx', ['infra/app.ts'], {
      encoding: 'utf8',
      env: {
        ...process.env,
        CDK_OUTDIR: path.join(folder, 'cdk.out'),
        CDK_CONTEXT_JSON: JSON.stringify({ configDir: path.join(folder, 'config') }),
      },
    });

    expect(stderr).toMatch(/platform\.json: accountEmailPattern: /u);
    expect(stderr).not.toMatch(/^\s+at /mu);
    expect(status).toBe(1);
  });

  it.each([
    ['kmsKeyArn', 'alias/vending', /context kmsKeyArn is "alias\/vending".*not an alias/u],
    ['configDir', 5, /context configDir has to be a text/u],
    ['configDir', '/no/such/folder', /\/no\/such\/folder.*Check the path/su],
  ])('stops at a context %s of %p', (name, value, message) => {
    expect(() => app({ [name]: value })).toThrow(message);
  });
});
