import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import { makeConfigurationFolder } from './configuration-folder';
import { demoRuns } from './demo-runs';
import { type Ended, runNpm } from './run-npm';

describe('npm run demo', () => {
  const { programs, pathOf, demo } = demoRuns();

  it.each([
    {
      wrong: 'an unknown option',
      args: ['--nonsense'],
      says: /Unknown option '--nonsense'\.\n`npx account-vending demo --help` shows/,
    },
    {
      wrong: 'a missing file',
      args: ['--desired-state', '/no/such.json'],
      says: /^\/no\/such\.json cannot be read: .*path/,
    },
    {
      wrong: 'a missing configuration',
      args: ['--config', '/nowhere'],
      says: /\/nowhere\/platform\.json: cannot be read/,
    },
  ])('ends with 2 and says what to do about $wrong', async ({ args, says }) => {
    expectToldKindly(await demo(...args), says);
  });

  it('ends with 2 and names the place in a file that is not JSON', async () => {
    const file = pathOf('broken.json');
    writeFileSync(file, '{\n  "replicationSequence": 1,,\n}');
    expectToldKindly(await demo('--desired-state', file), /broken\.json is not valid JSON: .*line 2, column 28/);
  });

  it('ends with 2 and names file, field and remedy of a broken configuration', async () => {
    const broken = { region: 'nowhere', accountEmailPattern: '#{projectIdentifer}@corp.example' };
    const configuration = makeConfigurationFolder(broken, [{ name: 'zone' }]);
    const ended = await demo('--config', configuration);
    rmSync(configuration, { recursive: true });
    expectToldKindly(ended, /platform\.json: accountEmailPattern: .*Did you mean #\{projectIdentifier\}\?/);
    expectToldKindly(ended, /zone\.json: awsTargetOrgUnitId: is missing/);
  });

  it('ends with 2 without Python, and says how to go on without it', async () => {
    // Where the Python environment was never made.
    const root = copyWithoutPython();
    const ended = await runNpm('demo', ['--deployed'], { root, programs: programs() });
    rmSync(root, { recursive: true });
    expectToldKindly(ended, /Python 3 is not on the PATH\. .*`npm run demo -- --embedded`/);
  });
});

/** Words for a person: on stderr, short, and no stack. */
function expectToldKindly({ exitCode, stdout, stderr }: Ended, says: RegExp): void {
  expect(stderr).toMatch(says);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).not.toMatch(/^\s+at /m);
}

const COPIED = [
  'package.json',
  'tsconfig.json',
  'cdk.json',
  'command',
  'functions',
  'infra',
  'operator',
  'sandbox',
  'statemachines',
];

function copyWithoutPython(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'account-vending-copy-'));
  for (const name of COPIED) {
    cpSync(path.join(projectRoot, name), path.join(root, name), { recursive: true });
  }
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(root, 'node_modules'));
  return root;
}
