import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { isolatedEnvironment, projectRoot } from '../../sandbox/environment';
import { deployedApi, type EmptyStage, emptyStage } from '../../sandbox/runtime/stage/empty-stage';
import { accountProfiles, emptyVariables } from '../../sandbox/runtime/stage/shell-environment';
import { packagesBesideCdk } from '../packages/beside-cdk';

const PROFILES = ['--profile', 'management', '--profile-automation', 'automation', '--profile-meshcloud', 'meshcloud'];

/** From nothing to an account: nothing in it comes from an answer. */
const COMMANDS = {
  init: ['init', '--discover', ...PROFILES, '--yes'],
  before: ['preflight', '--direct'],
  deploy: ['deploy', '--bootstrap'],
  after: ['preflight', '--json'],
  order: ['order', 'installation/first-order.json', '--wait'],
  show: ['vendings', 'show', 'trial.first'],
} as const;

type Name = keyof typeof COMMANDS;

/** They take six minutes on an idle machine; only what hangs takes this long. */
const HANGS_AFTER = 5_400_000;

interface Ended {
  readonly exitCode: number | null;
  readonly out: string;
  readonly notices: string;
}

/** What somebody has who begins: a clone, or the packages of a release in a folder. */
const BEGINNINGS: Readonly<Record<string, (folder: string) => string>> = {
  'a clone': () => path.join(projectRoot, 'command/account-vending.cjs'),
  'the packages': packagesBesideCdk,
};

describe.each(Object.keys(BEGINNINGS))(
  'from %s to the first vended account, with an AWS that has nothing',
  (beginning) => {
    let stage: EmptyStage;
    let folder: string;
    let command: string;
    const ended = new Map<Name, Ended>();

    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'account-vending-first-'));
      command = BEGINNINGS[beginning]?.(folder) ?? '';
      stage = await emptyStage({ seed: 7 });
      const profiles = path.join(folder, 'aws-config');
      writeFileSync(profiles, accountProfiles(stage.endpoints));
      for (const name of Object.keys(COMMANDS) as Name[]) {
        // As account-vending local leads a command.
        const api = await deployedApi(stage.endpoints.runtime);
        const env = { ...isolatedEnvironment(), ...emptyVariables(stage.endpoints, profiles, api) };
        ended.set(name, await run(COMMANDS[name], env));
      }
    }, HANGS_AFTER);

    afterAll(async () => {
      await stage.stop();
      rmSync(folder, { recursive: true });
    });

    const run = (words: readonly string[], env: Record<string, string>): Promise<Ended> =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [command, ...words], {
          cwd: folder,
          env,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        let out = '';
        let notices = '';
        child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
        child.stderr.on('data', (chunk: Buffer) => (notices += chunk.toString()));
        child.once('error', reject);
        child.once('close', (exitCode) => {
          resolve({ exitCode, out, notices });
        });
      });

    it('takes at most eight commands, with starting the AWS', () => {
      expect(Object.keys(COMMANDS).length + 1).toBeLessThanOrEqual(8);
    });

    it.each(Object.keys(COMMANDS) as Name[])('ends well with %s', (name) => {
      const { exitCode, notices = '' } = ended.get(name) ?? {};
      expect([exitCode, exitCode === 0 ? '' : notices]).toEqual([0, '']);
    });

    it('says before the deployment what it cannot check yet', () => {
      expect(ended.get('before')?.out).toContain('There is no role');
      expect(ended.get('before')?.out).toContain(', 0 failed, 0 unknown, ');
    });

    it('writes down the outputs, and no secret', () => {
      const outputs = readFileSync(path.join(folder, 'installation/outputs.json'), 'utf8');
      expect(Object.keys(JSON.parse(outputs) as object)).toEqual([
        'VendingStack',
        'ManagementAccountStack',
        'AutomationAccountStack',
      ]);
      expect(existsSync(path.join(folder, 'installation/config/platform.json'))).toBe(true);
    });

    it('passes preflight without a change, and vends', () => {
      const { status } = JSON.parse(ended.get('after')?.out ?? '{}') as { status?: string };
      expect(status).toBe('PASSED');
      expect(ended.get('show')?.out).toMatch(/status: {3}VENDED since/u);
    });
  },
);
