import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stepNames } from '../../functions/steps/each-step';
import closeAccount from '../../statemachines/close-account.asl.json';
import vendAccount from '../../statemachines/vend-account.asl.json';
import { statesOf } from '../statemachines/states';

const folders = readdirSync('functions/steps', { withFileTypes: true }).flatMap((one) =>
  one.isDirectory() ? [one.name] : [],
);
const tests = globSync('test/functions/steps/*.ts').map((file) => readFileSync(file, 'utf8'));
/** A function may carry out a state of both workflows. */
const tasks = [
  ...new Set(
    [vendAccount, closeAccount].flatMap(statesOf).flatMap(([name, { Type }]) => (Type === 'Task' ? [name] : [])),
  ),
];

describe('a state that a function carries out', () => {
  it('has a row in functions/steps/table.ts, and every row a state', () => {
    expect(stepNames.toSorted()).toEqual(tasks.toSorted());
  });

  it('has a folder in functions/steps, and every folder a state', () => {
    expect(folders.toSorted()).toEqual(tasks.toSorted());
  });

  it.each(folders)('is tested: %s', (folder) => {
    expect(tests.some((text) => text.includes(`/functions/steps/${folder}/step'`))).toBe(true);
  });

  it.each(folders)('has a handler and a step: %s', (folder) => {
    const files = ['handler.ts', 'step.ts'].map((file) => path.join('functions/steps', folder, file));

    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});
