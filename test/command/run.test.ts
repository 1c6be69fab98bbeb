import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import type { Command } from 'commander';

import { programOf } from '../../command/program';
import { projectRoot } from '../../sandbox/environment';
import { codeIn, rowsOf } from '../docs/pages';
import { screenOf } from '../../operator/screen';
import { ProblemSchema } from '../../functions/api/responses';
import { version } from '../../package.json';
import { ran } from './ran';

const program = programOf({
  exitCode: 0,
  context: {
    print: () => undefined,
    notify: () => undefined,
    pause: () => Promise.resolve(),
    now: () => new Date(),
    screen: screenOf({}),
  },
});

const pathsBelow = (command: Command, before: readonly string[]): readonly (readonly string[])[] => [
  before,
  ...command.commands.flatMap((inner) => pathsBelow(inner, [...before, inner.name()])),
];

const paths = pathsBelow(program, []);

describe('account-vending', () => {
  it('has the commands that people need', () => {
    const names = program.commands.map((command) => command.name());

    expect(names).toEqual(expect.arrayContaining(['demo', 'start', 'init', 'plan', 'order', 'vendings', 'preflight']));
    expect(names).toEqual(expect.arrayContaining(['usage-report', 'simulate', 'completion']));
  });

  it('has all of them in docs/commands.md, some as scripts of npm', () => {
    const listed = ['`npx account-vending …`', 'command']
      .flatMap((head) => rowsOf('docs/commands.md', head))
      .map(([cell = '']) => /^(?:npm (?:run )?)?(?<name>[\w-]+)/u.exec(codeIn(cell)[0] ?? '')?.groups?.['name']);
    const names = program.commands.map((command) => command.name());

    expect(names.filter((name) => !listed.includes(name))).toEqual([]);
  });

  it.each(paths.map((words): [string, readonly string[]] => [words.join(' '), words]))(
    'explains itself, with an example and the exit codes: %s',
    async (_, words) => {
      const { exitCode, out, notices } = await ran(...words, '--help');

      expect({ exitCode, notices }).toEqual({ exitCode: 0, notices: '' });
      expect(out).toContain(`Usage: account-vending${words.map((word) => ` ${word}`).join('')}`);
      expect(out).toMatch(/\nExamples:\n {2}(source <\()?npx account-vending /u);
      expect(out).toMatch(/\nExit codes:\n {2}0 {2}.*\n/u);
    },
  );

  it('names files of its own where they are, as seen from any folder', () => {
    const cwd = path.join(projectRoot, 'docs/pictures');
    const file = path.join(projectRoot, 'command/account-vending.cjs');
    const { stdout } = spawnSync(process.execPath, [file, 'plan', '--help'], { cwd, encoding: 'utf8' });
    const [, example = ''] = /account-vending plan (\S+webshop-dev\.json)/u.exec(stdout) ?? [];

    expect(existsSync(path.join(cwd, example))).toBe(true);
  });

  it('says which version it is', async () => {
    expect(await ran('--version')).toEqual({ exitCode: 0, out: `${version}\n`, notices: '' });
  });

  it.each([
    [[], 'No command given. It may be one of demo, start, '],
    [
      ['vending'],
      "Unknown command 'vending'. Did you mean vendings?\n`npx account-vending --help` shows how it is used.",
    ],
    [['vendings', 'lst'], "Unknown command 'lst'. Did you mean list?\n`npx account-vending vendings --help` shows"],
    [
      ['help', 'vending'],
      "Unknown command 'vending'. Did you mean vendings?\n`npx account-vending --help` shows how it is",
    ],
    [['vendings', 'help', 'elsewhere'], "Unknown command 'elsewhere'.\n`npx account-vending vendings --help` shows"],
    [['demo', '--embeded'], "Unknown option '--embeded'. Did you mean --embedded?"],
    [['demo', 'extra'], "Unexpected argument 'extra'."],
    [['demo', '--json=yes'], "Unknown option '--json=yes'"],
    [['demo', '--embedded', '--deployed'], "Option '--deployed' cannot be used with option '--embedded'."],
    [['demo', '--seed', '1.5'], "--seed is '1.5'; it may be a whole number from 0 to 999999999999999."],
    [['demo', '--seed', ''], "--seed is ''; it may be a whole number from 0 to 999999999999999."],
    [['demo', '--config', '/nowhere'], '/nowhere/platform.json: cannot be read'],
    [['completion', 'tcsh'], "'tcsh' cannot be taken: it may be one of bash, zsh, fish."],
    [
      ['init', '--discover', '--profile-automation', 'b'],
      '--profile for the management account, --profile-meshcloud for',
    ],
    [['vendings', 'dead-letters', '--delete', 'work'], '--delete takes one letter. Name it by --letter, with its id'],
    [['vendings', 'dead-letters', '--letter', 'x'], '--letter goes with --replay or --delete. Say which, with'],
    [['vendings', 'dead-letters', '--delete', 'wrok', '--letter', 'x'], 'Did you mean work?'],
    [['conformance'], '--region is missing. Add the home region of Control Tower, and that of IAM Identity Center.'],
    [['conformance', '--region', 'eu-central-1', '--budget-accounts', '0'], 'it may be a whole number from 1 to 1000.'],
    [['vendings', 'list'], 'Set VENDING_API or --api to the output ApiUrl of VendingStack, or go to the folder above'],
    [['order', '/no/such.json', '--api', 'https://x.example'], '/no/such.json cannot be read: there is no such file'],
    [['order', '/no/such.yaml', '--api', 'https://x.example'], '/no/such.yaml cannot be read: '],
  ])('says what is wrong in sentences, and ends with 2: %j', async (args, message) => {
    const { exitCode, out, notices } = await ran(...args);

    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(notices).toContain(message);
    expect(notices).not.toMatch(/^\s+at |^error:/mu);
  });

  it.each([
    [['vendings', 'lst', '--json'], 'invalid-usage'],
    [['demo', '--config', '/nowhere', '--json'], 'invalid-configuration'],
    [['plan', '/no/such.json', '--json'], 'invalid-desired-state'],
    [['usage-report', '--cost-data', '/nowhere', '--json'], 'invalid-cost-data'],
    [['vendings', 'list', '--api', 'http://127.0.0.1:9/v1', '--json'], 'command-failed'],
  ])('says it as a problem with --json: %j', async (args, kind) => {
    const { exitCode, notices } = await ran(...args);

    expect(exitCode).toBe(2);
    expect(ProblemSchema.parse(JSON.parse(notices)).type).toBe(`urn:account-vending:problem:${kind}`);
  });

  it('is refused by an older Node in one sentence', () => {
    const old = "Object.defineProperty(process.versions, 'node', { value: '18.20.8' });";
    const file = path.join(projectRoot, 'command/account-vending.cjs');
    const { status, stderr } = spawnSync(process.execPath, ['--eval', `${old} require(${JSON.stringify(file)})`], {
      encoding: 'utf8',
    });

    expect(stderr).toMatch(/^This needs Node 24 and runs on 18\.20\.8\. .*\n$/u);
    expect(status).toBe(2);
  });
});

describe('the completion', () => {
  it('of bash knows commands, their commands and options', async () => {
    const { out } = await ran('completion', 'bash');
    const complete = (...words: readonly string[]): readonly string[] => {
      const script = `${out}\nCOMP_WORDS=(account-vending ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _account_vending; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
      expect(stderr).toBe('');
      return stdout.trim().split('\n');
    };

    expect(complete('vend')).toEqual(['vendings']);
    expect(complete('vendings', 'sh')).toEqual(['show', 'shadowed', 'shadow']);
    expect(complete('vendings', 'list', '--s')).toEqual(['--status', '--since']);
    expect(complete('demo', '--dep')).toEqual(['--deployed']);
  });

  it.each(['zsh', 'fish'])('of %s knows every command', async (shell) => {
    const { exitCode, out } = await ran('completion', shell);

    expect(exitCode).toBe(0);
    const names = paths.flatMap((words) => words.slice(-1));
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`, 'u').test(out))).toEqual([]);
  });
});
