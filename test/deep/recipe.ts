import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import { runCommand } from '../../operator/run-command';
import { type Examination, examination } from './examination';
import { runTests } from './jest-run';
import { type Outcome, sumOf, tell } from './outcome';
import { ProjectCopy } from './project-copy';

const FIXTURES = path.join(projectRoot, 'test', 'fixtures', 'recipe');
const STATE_MACHINE = 'statemachines/vend-account.asl.json';
const TABLE = 'functions/steps/table.ts';
const FOLDER = 'functions/steps/LabelAccount';
const TEST = 'test/functions/steps/LabelAccount.test.ts';

/** The places that CONTRIBUTING's recipe names: what a person writes by hand for one more step, which writes to AWS. */
const PLACES: Readonly<Record<string, (root: string) => Promise<void>>> = {
  [STATE_MACHINE]: (root) => changed(path.join(root, STATE_MACHINE), withState),
  [FOLDER]: async (root) => {
    await mkdir(path.join(root, FOLDER));
    await cp(path.join(FIXTURES, 'step.ts.txt'), path.join(root, FOLDER, 'step.ts'));
    await cp(path.join(FIXTURES, 'handler.ts.txt'), path.join(root, FOLDER, 'handler.ts'));
  },
  [TABLE]: (root) => changed(path.join(root, TABLE), withRow),
  [TEST]: (root) => cp(path.join(FIXTURES, 'step.test.ts.txt'), path.join(root, TEST)),
};

/** What `npm run generate` and `jest --updateSnapshot` write. */
const GENERATED = [
  'docs/architecture.md',
  'docs/iam.md',
  'functions/domain/base/workflow-facts.ts',
  'functions/dry-run/composed-steps.ts',
  'sandbox/runtime/embedded/step-handlers.ts',
];
const SNAPSHOTS = /^test\/.*__snapshots__\/.*\.snap$/u;

/** Its own test, the checks of places, and those that name what each step may do. */
const TESTS = [
  'unit test/functions/steps/LabelAccount',
  'unit test/functions/dry-run',
  'unit test/sandbox/commands/generated',
  'unit test/statemachines',
  'unit test/functions/aws/permissions',
  'unit test/docs/architecture',
  'unit test/docs/links',
  'infra test/infra/steps',
  'infra test/infra/permissions',
  'infra test/infra/vending-stack',
  'infra test/infra/management-account-stack',
  'infra test/infra/iam-page',
  'simulation test/simulation/recipe',
].map(testNamed);

/** Tells which place was forgotten, without a compiler. */
const CHECK = testNamed('infra test/infra/steps');

/** A step that writes to AWS, by CONTRIBUTING's recipe: four places suffice, and each one forgotten is noticed. */
export const recipe = (): Examination =>
  examination([() => complete(), ...Object.keys(PLACES).map((place) => () => without(place))], sumOf);

/** The project as a release that has one more step. @returns its folder */
export async function releaseWithOneMoreStep(): Promise<string> {
  const { root } = await copyWith(Object.keys(PLACES));
  await succeeds(root, 'npx', ['tsx', 'sandbox/commands/generate-steps.ts']);
  return root;
}

async function complete(): Promise<Outcome> {
  const { root } = await copyWith(Object.keys(PLACES));
  for (const command of ['generate-steps', 'generate-schemas', 'draw-workflow']) {
    await succeeds(root, 'npx', ['tsx', `sandbox/commands/${command}.ts`]);
  }
  const problems: string[] = [];
  problems.push(...(await unexpectedChanges(root)));
  // It looks at what the recipe has brought about, and is no part of it.
  await cp(path.join(FIXTURES, 'known.test.ts.txt'), path.join(root, 'test/simulation/recipe.test.ts'));
  problems.push(...(await compilerErrors(root)));
  const files = await runTests(root, TESTS, { limitSeconds: 3600, updatesSnapshots: true });
  const silent = TESTS.filter(
    (test) => !files.some(({ file, passed }) => file.includes(test.path) && passed.length > 0),
  );
  problems.push(...silent.map((test) => `${test.path} has no green test`), ...files.flatMap(({ failed }) => failed));
  for (const page of GENERATED) {
    const text = await readFile(path.join(root, page), 'utf8');
    if (!text.includes('LabelAccount')) problems.push(`${page} does not know the step`);
  }
  problems.push(...(await unexpectedChanges(root, ['test/simulation/recipe.test.ts'])));
  return judged('a step that is added in four places', problems);
}

async function without(place: string): Promise<Outcome> {
  const { root } = await copyWith(Object.keys(PLACES).filter((other) => other !== place));
  const files = await runTests(root, [CHECK], { limitSeconds: 3600 });
  const isNoticed = files.some(({ failed }) => failed.length > 0);
  return judged(`a step without ${place}`, isNoticed ? [] : ['nothing notices that it is missing']);
}

async function copyWith(places: readonly string[]): Promise<ProjectCopy> {
  const copy = await ProjectCopy.make();
  const git = (...args: readonly string[]): Promise<string> => succeeds(copy.root, 'git', args);
  await git('init', '--quiet');
  await git('add', '--all');
  await git('-c', 'user.name=recipe', '-c', 'user.email=recipe@corp.example', 'commit', '--quiet', '--message=before');
  for (const place of places) await PLACES[place]?.(copy.root);
  return copy;
}

/** Files that somebody would have had to change besides the four places. */
async function unexpectedChanges(root: string, more: readonly string[] = []): Promise<readonly string[]> {
  const status = await succeeds(root, 'git', ['status', '--porcelain', '--untracked-files=all']);
  const changes = status
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.slice(3));
  const expected = [...Object.keys(PLACES), ...GENERATED, ...more];
  const isExpected = (file: string): boolean =>
    SNAPSHOTS.test(file) || expected.some((one) => file === one || file.startsWith(`${one}/`));
  const missing = expected.filter((one) => !changes.some((file) => file === one || file.startsWith(`${one}/`)));
  return [
    ...changes.filter((file) => !isExpected(file)).map((file) => `${file} was changed, and is not one of the four`),
    ...missing.map((file) => `${file} was not changed`),
  ];
}

async function compilerErrors(root: string): Promise<readonly string[]> {
  const result = await runCommand('npx', ['tsc', '--noEmit'], { cwd: root });
  if (result.status === 'missing') return ['npx is not on the PATH'];
  return result.exitCode === 0 ? [] : [result.output];
}

function judged(what: string, problems: readonly string[]): Outcome {
  tell(`${problems.length === 0 ? '✔' : '✘'} ${[what, ...problems].join('\n    ')}`);
  return problems.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

interface Definition {
  readonly States: Readonly<Record<string, { readonly Next?: string }>>;
}

/** Behind TagAccount, before what came after that. */
async function withState(text: string): Promise<string> {
  const definition: unknown = JSON.parse(text);
  const state: unknown = JSON.parse(await readFile(path.join(FIXTURES, 'state.json'), 'utf8'));
  if (!isDefinition(definition) || typeof state !== 'object') throw new Error('The state machine has no states.');
  const States: Record<string, object> = {};
  for (const [name, one] of Object.entries(definition.States)) {
    States[name] = name === 'TagAccount' ? { ...one, Next: 'LabelAccount' } : one;
    if (name === 'TagAccount') States['LabelAccount'] = { ...state, Next: one.Next };
  }
  return `${JSON.stringify({ ...definition, States }, null, 2)}\n`;
}

const isDefinition = (value: unknown): value is Definition =>
  typeof value === 'object' && value !== null && 'States' in value;

async function withRow(text: string): Promise<string> {
  const next = '  SetAccountAlias: {';
  if (!text.includes(next)) throw new Error(`${TABLE} has no row of SetAccountAlias.`);
  return text.replace(next, (await readFile(path.join(FIXTURES, 'row.txt'), 'utf8')) + next);
}

const changed = async (file: string, change: (text: string) => Promise<string>): Promise<void> =>
  writeFile(file, await change(await readFile(file, 'utf8')));

async function succeeds(cwd: string, command: string, args: readonly string[]): Promise<string> {
  const result = await runCommand(command, args, { cwd });
  if (result.status === 'missing') throw new Error(`${command} is not on the PATH; the recipe needs it.`);
  if (result.exitCode !== 0) throw new Error(`${command} ${args.join(' ')}: ${result.output}`);
  return result.output;
}

function testNamed(text: string): { readonly project: string; readonly path: string; readonly name: null } {
  const [project = '', where = ''] = text.split(' ');
  return { project, path: where, name: null };
}
