import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import * as z from 'zod';
import { ProblemSchema } from '../../../functions/api/responses';
import { PlanSchema } from '../../../functions/domain/plan/plan';
import { projectRoot } from '../../../sandbox/environment';
import { type Ran, ran } from '../../command/ran';

const planned = (...args: readonly string[]): Promise<Ran> => ran('plan', ...args);

const example = path.join(projectRoot, 'sandbox/examples/webshop-dev.json');
const desiredState = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(example, 'utf8')));

/** The fields of the problem that the command ends with. */
async function faultsOf(...args: readonly string[]): Promise<readonly string[]> {
  const { exitCode, out, notices } = await planned(...args, '--json');

  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });

  return ProblemSchema.parse(JSON.parse(notices)).errors.map(({ field, message }) => `${field}: ${message}`);
}

describe('account-vending plan', () => {
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

  it('prints the plan of a desired state', async () => {
    const { exitCode, out, notices } = await planned(example);

    expect({ exitCode, notices }).toEqual({ exitCode: 0, notices: '' });
    expect(PlanSchema.parse(JSON.parse(out))).toMatchObject({
      account: { name: 'retail.webshop-dev', alias: 'corp-retail-webshop-dev' },
      targetOrgUnitId: 'ou-ab12-cdefgh34',
    });
  });

  it('plans every example with the configuration of the sandbox', async () => {
    const file = path.join(projectRoot, 'sandbox/examples/fraud-lab.json');

    expect(JSON.parse((await planned(file)).out)).toMatchObject({ landingZone: 'aws-sandbox' });
  });

  it('takes a whole event that carries the desired state as detail', async () => {
    const event = fileWith({
      source: 'meshstack.replicator',
      'detail-type': 'meshTenant Desired State',
      detail: desiredState,
    });

    expect(await planned(event)).toEqual(await planned(example));
  });

  it('takes a desired state that has an unknown field detail for what it is', async () => {
    expect(await planned(fileWith({ ...desiredState, detail: {} }))).toEqual(await planned(example));
  });

  it('takes YAML, as order does', async () => {
    const file = path.join(folder, 'order.yaml');
    writeFileSync(file, `# An order.\n${stringify(desiredState)}`);

    expect(await planned(file)).toEqual(await planned(example));
  });

  it.each([
    [
      'tenant: [',
      'is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['a: 1\na: 2\n', 'is not valid YAML: Map keys must be unique at line 2, column 1. Correct it there.'],
  ])('says where a file is no YAML: %j', async (text, message) => {
    const file = path.join(folder, 'order.yaml');
    writeFileSync(file, text);

    expect(await faultsOf(file)).toEqual([expect.stringContaining(`${file}: ${message}`)]);
  });

  it('takes another configuration', async () => {
    const platform = path.join(projectRoot, 'config/platform.json');
    const landingZones = path.join(projectRoot, 'config/landing-zones');

    expect(
      JSON.parse((await planned(example, '--platform', platform, '--landing-zones', landingZones)).out),
    ).toMatchObject({ enrollment: { strategy: 'account-factory' }, stackSets: [{ name: 'baseline' }] });
  });

  it('refuses a desired state with all its faults', async () => {
    const faulty = fileWith({ ...desiredState, replicationSequence: '17', projectCreatorEmail: undefined, project: 3 });

    expect(await faultsOf(faulty)).toEqual([
      "replicationSequence: must be a number, but is '17'.",
      'project: must be an object, but is 3.',
      'projectCreatorEmail: is missing. Add it: it must be a string.',
    ]);
  });

  it('names the faults of configuration and desired state together', async () => {
    const faulty = fileWith({});

    expect(await faultsOf(faulty, '--platform', faulty)).toEqual(
      expect.arrayContaining([
        `${faulty}: region: is missing. Add it: it must be a string.`,
        'tenant: is missing. Add it: it must be an object.',
      ]),
    );
  });

  it('says where a file is no JSON', async () => {
    const broken = fileWith('{"tenant": }');

    expect(await faultsOf(broken)).toEqual([
      `${broken}: is not valid JSON: Value expected at line 1, column 12. Correct it there.`,
    ]);
  });

  it('says them in sentences without --json', async () => {
    const { exitCode, notices } = await planned(fileWith({ ...desiredState, replicationSequence: '17', project: 3 }));

    expect(exitCode).toBe(2);
    expect(notices.split('\n')).toEqual([
      expect.stringMatching(
        /content\.json cannot be vended: 2 faults\. Nothing was written\.$|There is no plan: 2 faults\.$/u,
      ),
      "  replicationSequence: must be a number, but is '17'.",
      '  project: must be an object, but is 3.',
      '',
    ]);
  });

  it.each([
    [[], 'No file given. Add the file that holds the desired state'],
    [['a.json', 'b.json'], "Unexpected argument 'b.json'."],
    [['a.json', '--verbose'], "Unknown option '--verbose'."],
    [['a.json', '--platform'], "Option '--platform <file>' has no value."],
    [['nowhere/none.json'], 'nowhere/none.json: cannot be read: there is no such file or folder.'],
    [['.'], '.: cannot be read: it is a folder.'],
  ])('explains %j', async (args, explanation) => {
    const { exitCode, out, notices } = await planned(...args);

    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(notices).toContain(explanation);
  });

  it('is a program that ends with 0 or 2 and writes to one stream', async () => {
    const run = (...args: readonly string[]): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, ['command/account-vending.cjs', 'plan', ...args], {
        cwd: projectRoot,
        encoding: 'utf8',
      });
    const good = run(example);
    const bad = run('none.json');

    expect({ status: good.status, stderr: good.stderr }).toEqual({ status: 0, stderr: '' });
    expect(good.stdout).toBe((await planned(example)).out);
    expect({ status: bad.status, stdout: bad.stdout }).toEqual({ status: 2, stdout: '' });
    expect(bad.stderr).toBe((await planned('none.json')).notices);
  });
});
