import { cpSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { Instrumenter, type Mutant, type Position } from '@stryker-mutator/instrumenter';

import type { ServiceName } from '../../conformance/case';
import { projectRoot } from '../../sandbox/environment';

/** What the cases and the model import. */
const COPIED = [
  'command',
  'conformance',
  'functions',
  'infra',
  'operator',
  'sandbox',
  'statemachines',
  'test/conformance',
  'test/contract',
  'test/deep',
  'test/mutants',
  'package.json',
  'tsconfig.json',
];

/** Whose cases judge what is in a folder of `sandbox/organization/services`. */
const CASES_OF: Readonly<Record<string, ServiceName>> = {
  organizations: 'organizations',
  sts: 'sts',
  iam: 'iam',
  cloudformation: 'cloudformation',
  'control-tower': 'controltower',
  'service-catalog': 'servicecatalog',
  identitystore: 'identitystore',
  'sso-admin': 'sso-admin',
  'service-quotas': 'service-quotas',
  'cost-explorer': 'ce',
};

/** The wording of a text, and another one of an expression, are no belief about AWS that a case could tell. */
const LEFT_OUT = ['StringLiteral', 'Regex'];

export interface ModelMutant {
  readonly id: string;
  readonly service: ServiceName;
  readonly file: string;
  readonly line: number;
  readonly mutator: string;
  readonly replacement: string;
}

/** Copies the project into a folder and plants every mutant of the model there, none of which acts by itself. */
export async function copyWithMutants(folder: string): Promise<readonly ModelMutant[]> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const isSource = (file: string): boolean => path.basename(file) !== 'node_modules';
  for (const part of COPIED) {
    cpSync(path.join(projectRoot, part), path.join(folder, part), { recursive: true, filter: isSource });
  }
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(folder, 'node_modules'));
  const files = Object.keys(CASES_OF)
    .flatMap((service) => globSync(`sandbox/organization/services/${service}/**/*.ts`, { cwd: folder }))
    // What a seed plants is there before anybody asks.
    .filter((file) => !path.basename(file).startsWith('plant-'))
    .toSorted()
    .map((file) => ({
      name: path.join(folder, file),
      mutate: true,
      content: readFileSync(path.join(folder, file), 'utf8'),
    }));
  const nothing = (): undefined => undefined;
  const silent = { isDebugEnabled: () => false, debug: nothing, info: nothing, warn: nothing };
  const options = { ignorers: [], excludedMutations: LEFT_OUT, plugins: null };
  const result = await new Instrumenter(silent).instrument(files, options);
  for (const { name, content } of result.files) writeFileSync(name, content);
  return result.mutants
    .filter((mutant) => mutant.status !== 'Ignored' && !isOfTheTest(mutant))
    .flatMap((mutant) => shapeOf(folder, mutant));

  /**
   * Failures that a test of the application orders, with all that follows from one; the scale of the time, which is one
   * here; and what the model draws, since AWS's pages and users differ: with no other code in their place would a case,
   * or AWS, answer anything else.
   */
  function isOfTheTest({ fileName, location, mutatorName }: Mutant): boolean {
    const content = files.find(({ name }) => name === fileName)?.content ?? '';
    const [start, end] = [offsetOf(content, location.start), offsetOf(content, location.end)];
    const changed = content.slice(start, end);
    const isScaled = mutatorName === 'ArithmeticOperator' && changed.includes('latencies.scale');
    const isOrdered = orderedIn(content).some((part) => part.start <= start && end <= part.end);
    return isScaled || isOrdered || /^(?:state\.)?(?:faults\?\.|random\(\) < 0\.5$)/u.test(changed);
  }
}

const offsetOf = (content: string, { line, column }: Position): number =>
  content.split('\n').slice(0, line).join('\n').length + (line === 0 ? 0 : 1) + column;

interface Part {
  readonly start: number;
  readonly end: number;
}

/** Where a file asks whether a test has ordered a failure, and what it does then. */
const orderedIn = (content: string): readonly Part[] =>
  [...content.matchAll(/faults\?\.\w+\?\.\(|if \(injected !== undefined\) \{|return \{ \.\.\.injected/gu)].map(
    ({ 0: begin, index }) => ({ start: index, end: endOf(content, index + begin.search(/[({](?=[^({]*$)/u)) }),
  );

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}' };

/** Behind the bracket that closes the one there. */
function endOf(content: string, opening: number): number {
  const one = content.charAt(opening);
  for (let at = opening, depth = 0; at < content.length; at += 1) {
    if (content.charAt(at) === one) depth += 1;
    if (content.charAt(at) === CLOSING[one]) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return content.length;
}

function shapeOf(folder: string, { id, fileName, location, mutatorName, replacement }: Mutant): readonly ModelMutant[] {
  const file = path.relative(folder, fileName);
  const service = CASES_OF[file.split('/')[3] ?? ''];
  if (service === undefined) return [];
  return [{ id, service, file, line: location.start.line + 1, mutator: mutatorName, replacement }];
}
