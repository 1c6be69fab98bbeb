import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { ProblemSchema } from '../../../functions/api/responses';
import { PlanSchema } from '../../../functions/domain/plan/plan';
import { planCommand } from '../../../sandbox/commands/plan-command';
import { projectRoot } from '../../../sandbox/environment';

const example = path.join(projectRoot, 'sandbox/examples/webshop-dev.json');
const desiredState = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(example, 'utf8')));

/** The fields of the problem that the command ends with. */
function faultsOf(...args: readonly string[]): readonly string[] {
  const { exitCode, stdout, stderr } = planCommand(args);

  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });

  return ProblemSchema.parse(JSON.parse(stderr)).errors.map(({ field, message }) => `${field}: ${message}`);
}

describe('npm run plan', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'plan-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const fileWith = (content: unknown): string => {
    const file = path.join(folder, 'content.json');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };

  it('prints the plan of a desired state', () => {
    const { exitCode, stdout, stderr } = planCommand([example]);

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(PlanSchema.parse(JSON.parse(stdout))).toMatchObject({
      account: { name: 'retail.webshop-dev', alias: 'corp-retail-webshop-dev' },
      targetOrgUnitId: 'ou-ab12-cdefgh34',
    });
  });

  it('plans every example with the configuration of the sandbox', () => {
    const file = path.join(projectRoot, 'sandbox/examples/fraud-lab.json');

    expect(JSON.parse(planCommand([file]).stdout)).toMatchObject({ landingZone: 'aws-sandbox' });
  });

  it('takes a whole event that carries the desired state as detail', () => {
    const event = fileWith({
      source: 'meshstack.replicator',
      'detail-type': 'meshTenant Desired State',
      detail: desiredState,
    });

    expect(planCommand([event])).toEqual(planCommand([example]));
  });

  it('takes a desired state that has an unknown field detail for what it is', () => {
    expect(planCommand([fileWith({ ...desiredState, detail: {} })])).toEqual(planCommand([example]));
  });

  it('takes another configuration', () => {
    const platform = path.join(projectRoot, 'config/platform.json');
    const landingZones = path.join(projectRoot, 'config/landing-zones');

    expect(
      JSON.parse(planCommand([example, '--platform', platform, '--landing-zones', landingZones]).stdout),
    ).toMatchObject({ enrollment: { strategy: 'account-factory' }, stackSets: [{ name: 'baseline' }] });
  });

  it('refuses a desired state with all its faults', () => {
    const faulty = fileWith({ ...desiredState, replicationSequence: '17', projectCreatorEmail: undefined, project: 3 });

    expect(faultsOf(faulty)).toEqual([
      "replicationSequence: must be a number, but is '17'.",
      'project: must be an object, but is 3.',
      'projectCreatorEmail: is missing. Add it: it must be a string.',
    ]);
  });

  it('names the faults of configuration and desired state together', () => {
    const faulty = fileWith({});

    expect(faultsOf(faulty, '--platform', faulty)).toEqual(
      expect.arrayContaining([
        `${faulty}: region: is missing. Add it: it must be a string.`,
        'tenant: is missing. Add it: it must be an object.',
      ]),
    );
  });

  it('says where a file is no JSON', () => {
    const broken = fileWith('{"tenant": }');

    expect(faultsOf(broken)).toEqual([
      `${broken}: is not valid JSON: Value expected at line 1, column 12. Correct it there.`,
    ]);
  });

  it.each([
    [[], 'FILE: is missing.'],
    [['a.json', 'b.json'], 'FILE: is given more than once.'],
    [['a.json', '--verbose'], "Unknown option '--verbose'"],
    [['a.json', '--platform'], "Option '--platform <value>' argument missing"],
    [['nowhere/none.json'], 'nowhere/none.json: cannot be read: there is no such file or folder.'],
    [['.'], '.: cannot be read: it is a folder.'],
  ])('explains %j', (args, explanation) => {
    expect(faultsOf(...args).join('\n')).toContain(explanation);
  });

  it('explains itself', () => {
    expect(planCommand(['--help'])).toEqual({
      exitCode: 0,
      stdout: 'npm run plan -- FILE [--platform FILE] [--landing-zones FOLDER]\n',
      stderr: '',
    });
  });

  it('is a program that ends with 0 or 2 and writes to one stream', () => {
    const run = (...args: readonly string[]): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, ['--import', 'tsx', 'sandbox/commands/plan.ts', ...args], {
        cwd: projectRoot,
        encoding: 'utf8',
      });
    const good = run(example);
    const bad = run('none.json');

    expect({ status: good.status, stderr: good.stderr }).toEqual({ status: 0, stderr: '' });
    expect(good.stdout).toBe(planCommand([example]).stdout);
    expect({ status: bad.status, stdout: bad.stdout }).toEqual({ status: 2, stdout: '' });
    expect(bad.stderr).toBe(planCommand(['none.json']).stderr);
  });
});
