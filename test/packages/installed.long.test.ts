import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { buildSync } from 'esbuild';

import { dependencyClosure, lockedPackages, LockedSchema } from '../../packages/build/locked-packages';
import { version } from '../../package.json';
import { projectRoot } from '../../sandbox/environment';
import { copyleftIn, filesIn, isCopyleft } from './copyleft';
import { type EmptyFolder, emptyFolder, servedApplication, variablesFor } from './empty-folder';
import { packedInto } from './packed-into';

const DIST = mkdtempSync(path.join(tmpdir(), 'account-vending-tarballs-'));
const tarball = (name: string): string => path.join(DIST, `${name}-${version}.tgz`);
const QUIET = ['--no-audit', '--no-fund', '--prefer-offline'];
const WEBSHOP = path.join(projectRoot, 'sandbox/examples/webshop-dev.json');

const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');

const folders: EmptyFolder[] = [];

async function installed(name: string, ...options: readonly string[]): Promise<EmptyFolder> {
  const made = emptyFolder();
  folders.push(made);
  writeFileSync(path.join(made.folder, 'package.json'), '{"type":"module","private":true}');
  const { exitCode, stderr } = await made.run('npm', ['install', tarball(name), ...QUIET, ...options]);

  expect([stderr, exitCode]).toEqual(['', 0]);

  return made;
}

async function unpacked(name: string): Promise<EmptyFolder> {
  const made = emptyFolder();
  folders.push(made);
  await made.run('tar', ['--extract', '--file', tarball(name), '--strip-components', '1']);
  return made;
}

/** As a user's compiler judges it, the declarations of the package included. */
const COMPILER = [
  '--noEmit',
  '--strict',
  '--exactOptionalPropertyTypes',
  '--module',
  'nodenext',
  '--target',
  'es2023',
  '--types',
  'node',
  '--typeRoots',
  path.join(projectRoot, 'node_modules/@types'),
];
const compile = ({ run }: EmptyFolder, ...args: readonly string[]): ReturnType<EmptyFolder['run']> =>
  run(process.execPath, [path.join(projectRoot, 'node_modules/typescript/bin/tsc'), ...COMPILER, ...args]);

/** The peers of the constructs, which every CDK app has: those of the repository, rather than 300 MB once more. */
function addCdk({ folder }: Pick<EmptyFolder, 'folder'>, ...others: readonly string[]): void {
  for (const peer of ['aws-cdk-lib', 'constructs', ...others]) {
    symlinkSync(path.join(projectRoot, 'node_modules', peer), path.join(folder, 'node_modules', peer));
  }
}

beforeAll(() => {
  packedInto(DIST);
});

afterAll(() => {
  for (const { remove } of folders) remove();
  rmSync(DIST, { recursive: true });
});

describe('the packed files', () => {
  it('are those whose checksums are beside them', () => {
    const names = readdirSync(DIST).filter((name) => name.endsWith('.tgz'));
    const sumOf = (name: string): string =>
      createHash('sha256')
        .update(readFileSync(path.join(DIST, name)))
        .digest('hex');

    expect(names).toHaveLength(4);
    expect(linesOf(readFileSync(path.join(DIST, 'SHA256SUMS'), 'utf8')).toSorted()).toEqual(
      names.map((name) => `${sumOf(name)}  ${name}`).toSorted(),
    );
  });
});

describe('copyleft code', () => {
  const names = ['account-vending', 'account-vending-cdk', 'account-vending-client', 'account-vending-organization'];
  const installNothing = new Set(['account-vending', 'account-vending-organization']);

  it.each(names)('is not installed with %s', async (name) => {
    const { folder } = await unpacked(name);
    const manifest = LockedSchema.parse(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')));
    const locked = new Map([...lockedPackages(), [`packages/${name}`, manifest]]);
    const closure = [...dependencyClosure(locked, `packages/${name}`)];

    expect(closure.filter((one) => isCopyleft(locked.get(one) ?? {}))).toEqual([]);
    expect(closure.filter((one) => locked.get(one)?.license === undefined)).toEqual([]);
    expect(closure.length > 0).toBe(!installNothing.has(name));
  });

  it.each(names)('is not in %s', async (name) => {
    const { folder } = await unpacked(name);
    const files = filesIn(folder, /./u);

    expect(files.filter((file) => copyleftIn(readFileSync(file, 'utf8')).length > 0)).toEqual([]);
    expect(files.length).toBeGreaterThan(5);
  });

  it('would be seen', () => {
    const contents = "export { runSimulation } from '@cloud-copilot/iam-simulate';";
    const { outputFiles } = buildSync({
      stdin: { contents, resolveDir: projectRoot },
      bundle: true,
      minify: true,
      write: false,
      platform: 'node',
      format: 'esm',
    });

    expect(copyleftIn(outputFiles[0]?.text ?? '').length).toBeGreaterThan(10);
  });
});

describe('the command, in an empty folder', () => {
  it('brings nothing along, and shows two vended accounts', async () => {
    const { folder, run } = await installed('account-vending');
    const { stdout, stderr, exitCode } = await run('npx', ['account-vending', 'demo', '--embedded', '--json']);

    expect(readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'account-vending',
    ]);
    expect([exitCode, stderr.split('\n').slice(-4)]).toMatchObject([0, {}]);
    expect(JSON.parse(stdout)).toMatchObject({
      vendings: [{ status: 'VENDED' }, { status: 'VENDED' }],
      authorization: { enforced: false },
    });
    expect(stderr).toContain('npm install @cloud-copilot/iam-simulate');
  });

  it('judges every call with the evaluator beside it', async () => {
    const { folder, run } = await installed('account-vending');
    symlinkSync(
      path.join(projectRoot, 'node_modules/@cloud-copilot'),
      path.join(folder, 'node_modules/@cloud-copilot'),
    );
    const { stdout, stderr } = await run('npx', ['account-vending', 'demo', '--embedded', '--json', '--seed', '1']);

    expect(JSON.parse(stdout)).toMatchObject({ authorization: { enforced: true, denied: 0 } });
    expect(stderr).not.toContain('npm install');
  });

  it('vends by a configuration of its user, and says what policies of it take', async () => {
    const { folder, run } = await installed('account-vending');
    cpSync(path.join(projectRoot, 'sandbox/config-auto-enroll'), path.join(folder, 'own'), { recursive: true });
    symlinkSync(
      path.join(projectRoot, 'node_modules/@cloud-copilot'),
      path.join(folder, 'node_modules/@cloud-copilot'),
    );
    const vend = ['account-vending', 'demo', '--json', '--config', 'own'];
    const without = await run('npx', vend);

    expect(without.stderr).toContain('npm install aws-cdk-lib constructs');
    expect(JSON.parse(without.stdout)).toMatchObject({ authorization: { enforced: false } });

    addCdk({ folder });
    const beside = await run('npx', vend);

    expect(JSON.parse(beside.stdout)).toMatchObject({ authorization: { enforced: true } });
  });

  it('says what to install, where the CDK is not beside it', async () => {
    const { folder, run } = await installed('account-vending');
    cpSync(path.join(projectRoot, 'sandbox/config'), path.join(folder, 'own'), { recursive: true });
    const without = await run('npx', ['account-vending', 'roles', '--config', 'own']);

    expect(without).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'This needs the CDK beside the command. Run npm install aws-cdk-lib constructs in the same folder.\n',
    });

    addCdk({ folder });

    expect(await run('npx', ['account-vending', 'roles', '--config', 'own'])).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining('roles/terraform/management/main.tf') as string,
    });
  });

  it('names files of its own that are there', async () => {
    const { folder, run } = await installed('account-vending');
    const { stdout } = await run('npx', ['account-vending', 'plan', '--help']);
    const [, file = ''] = /account-vending plan (\S+webshop-dev\.json)/u.exec(stdout) ?? [];

    expect(await run('npx', ['account-vending', 'plan', file])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(path.resolve(folder, file)).toContain(folder);
  });

  it('says in one sentence what it needs, with an older Node or without a clone', async () => {
    const { folder, run } = await installed('account-vending');
    const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } });";
    writeFileSync(path.join(folder, 'older.cjs'), older);
    const bin = path.join(folder, 'node_modules/account-vending/bin/account-vending.cjs');

    expect(await run(process.execPath, ['--require', './older.cjs', bin, 'demo'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'account-vending needs Node 24 and runs on 20.19.0. Install Node 24.\n',
    });
    expect(await run('npx', ['account-vending', 'start'])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining('Clone the repository') as string,
    });
  });

  it('prints the vendings of an API as JSON, and a problem where there is none', async () => {
    const { run } = await installed('account-vending');
    const application = await servedApplication();
    try {
      const variables = variablesFor(application.apiUrl);
      const ordered = await run('npx', ['account-vending', 'order', WEBSHOP, '--json'], variables);
      const listed = await run('npx', ['account-vending', 'vendings', 'list', '--json'], variables);

      expect([ordered.stderr, ordered.exitCode]).toEqual(['', 0]);
      expect(JSON.parse(listed.stdout)).toMatchObject({ vendings: [{ projectIdentifier: 'webshop-dev' }] });
    } finally {
      application.stop();
    }
    const alone = await run('npx', ['account-vending', 'vendings', 'list', '--json']);

    expect([alone.exitCode, alone.stdout]).toEqual([2, '']);
    expect(JSON.parse(alone.stderr)).toMatchObject({ detail: expect.stringContaining('VENDING_API') as string });
  });
});

describe('the constructs, in an empty folder', () => {
  it('make a CDK app of ten lines', async () => {
    const made = await installed('account-vending-cdk', '--legacy-peer-deps');
    addCdk(made);
    const example = made.writeExample('cdk', 'app.ts');
    cpSync(path.join(projectRoot, 'config'), path.join(made.folder, 'config'), { recursive: true });

    expect(linesOf(example).length).toBeLessThanOrEqual(10);
    expect(await compile(made, '--skipLibCheck', 'app.ts')).toMatchObject({ stdout: '', exitCode: 0 });
    expect(await made.run('node', ['app.ts'], { CDK_OUTDIR: 'cdk.out' })).toMatchObject({ stderr: '', exitCode: 0 });

    const assembly = path.join(made.folder, 'cdk.out');
    const template = JSON.parse(readFileSync(path.join(assembly, 'Vending.template.json'), 'utf8')) as Template;
    const resources = Object.values(template.Resources);
    const stored = readdirSync(assembly, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('configuration.json'),
    );

    expect(resources.filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine')).toHaveLength(2);
    expect(stored).toHaveLength(1);
    expect(readdirSync(assembly)).toEqual(
      expect.arrayContaining(['Management.template.json', 'Automation.template.json']),
    );
  });
});

describe('the application as an app, beside the constructs', () => {
  it('is synthesized without its sources', async () => {
    const made = await installed('account-vending-cdk', '--legacy-peer-deps');
    addCdk(made, 'cdk-nag');
    cpSync(path.join(projectRoot, 'config'), path.join(made.folder, 'config'), { recursive: true });
    const app = 'node_modules/@account-vending/cdk/dist/app.js';
    const { context } = JSON.parse(readFileSync(path.join(made.folder, path.dirname(app), '../cdk.json'), 'utf8')) as {
      readonly context: object;
    };
    const variables = { CDK_OUTDIR: 'cdk.out', CDK_CONTEXT_JSON: JSON.stringify(context) };

    expect(await made.run('node', [app], variables)).toMatchObject({ stderr: '', exitCode: 0 });
    expect(readdirSync(path.join(made.folder, 'cdk.out'))).toEqual(
      expect.arrayContaining(['VendingStack.template.json', 'ManagementAccountStack.template.json']),
    );
  });
});

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

describe('the client, in an empty folder', () => {
  it('orders and waits in ten lines of TypeScript', async () => {
    const made = await installed('account-vending-client');
    const example = made.writeExample('client', 'order.ts');
    cpSync(WEBSHOP, path.join(made.folder, 'webshop-dev.json'));

    expect(linesOf(example).length).toBeLessThanOrEqual(10);
    expect(await compile(made, 'order.ts')).toMatchObject({ stdout: '', exitCode: 0 });

    const application = await servedApplication();
    try {
      const { stdout, stderr } = await made.run('node', ['order.ts'], variablesFor(application.apiUrl));

      expect([stderr, stdout]).toEqual(['', expect.stringMatching(/^\d{12}\n$/u)]);
    } finally {
      application.stop();
    }
  });
});

describe('the organization, in an empty folder', () => {
  it('is there for an SDK, and brings nothing along', async () => {
    const made = await installed('account-vending-organization');

    expect(readdirSync(path.join(made.folder, 'node_modules/@account-vending'))).toEqual(['organization']);
    expect(readdirSync(path.join(made.folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      '@account-vending',
    ]);

    made.writeExample('organization', 'test.ts');

    expect(await compile(made, 'test.ts')).toMatchObject({ stdout: '', exitCode: 0 });
    expect(await made.run('node', ['test.ts'])).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\n$/u) as string,
    });
  });

  it('says what it is asked for, and refuses what does not fit', async () => {
    const { run } = await installed('account-vending-organization');

    expect((await run('npx', ['account-vending-organization', '--help'])).stdout).toContain('--time-scale');
    expect(await run('npx', ['account-vending-organization', '--time-scale', '0'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'account-vending-organization: --time-scale: 0 does not fit. account-vending-organization --help says what does.\n',
    });
  });
});
