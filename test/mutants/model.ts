import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { SERVICES } from '../../conformance/case';
import { projectRoot } from '../../sandbox/environment';
import { tell } from '../deep/outcome';
import { drawn } from './drawn';
import { copyWithMutants, type ModelMutant } from './model-copy';
import { GROUND, type Measured } from './model-messages';
import { ModelWorker } from './model-worker-process';
import { mutantScore, scoreRow } from './score';

const CACHE = '.cache/mutants';

interface Tried extends ModelMutant {
  readonly status: 'Killed' | 'Survived' | 'NoCoverage';
  /** The case that has noticed it. */
  readonly by: string;
}

/**
 * `npm run test:mutants -- model [COUNT] [SEED] [PART]`: plants that many mutants in the model of AWS, one at a time,
 * and runs the cases of conformance that reach them. A constant of a module is not drawn, since every case reaches it.
 * With a part, a path below `services` such as `iam/roles.ts`, mutants of that part alone are drawn, and judged by the
 * cases of its service. Prints the counts by service and the row for docs/mutants.md, and writes every mutant to
 * `.cache/mutants/model.txt`.
 */
export async function testModel([count = '150', seed = '1', part = '', ...rest]: readonly string[]): Promise<number> {
  if (rest.length > 0 || !/^\d+$/u.test(count) || !/^\d+$/u.test(seed)) {
    tell('Name how many mutants to draw and a seed, both numbers: npm run test:mutants -- model 150 1.');
    return 2;
  }
  const folder = path.join(projectRoot, CACHE, 'model');
  const mutants = await copyWithMutants(folder);
  const worker = new ModelWorker(folder);
  try {
    const ofPart = mutants.filter(({ file }) => file.startsWith(`sandbox/organization/services/${part}`));
    const measured = await worker.measure(SERVICES.filter((one) => ofPart.some(({ service }) => service === one)));
    const pool = ofPart.filter(({ id }) => !measured.constants.includes(id));
    tell(`${ofPart.length} mutants, ${pool.length} of them in functions: ${count} are drawn with seed ${seed}.`);
    report(await tryAll(worker, measured, drawn(pool, Number(count), Number(seed))));
  } finally {
    worker.stop();
  }
  return 0;
}

async function tryAll(worker: ModelWorker, measured: Measured, mutants: readonly ModelMutant[]): Promise<Tried[]> {
  const all: Tried[] = [];
  for (const mutant of mutants) {
    all.push(await tried(worker, measured, mutant));
    // A long run that is interrupted has said something.
    write(all);
  }
  return all;
}

async function tried(worker: ModelWorker, measured: Measured, mutant: ModelMutant): Promise<Tried> {
  const reaching = SERVICES.filter((service) => measured.reached[service]?.includes(mutant.id) ?? false);
  // What only the ground reaches is judged by the cases that stand on it.
  if (reaching.length === 0 && measured.reached[GROUND]?.includes(mutant.id) === true) reaching.push(mutant.service);
  if (reaching.length === 0) return { ...mutant, status: 'NoCoverage', by: '' };
  // The cases of its own service notice it first, most likely.
  const services = reaching.toSorted((one, other) => Number(other === mutant.service) - Number(one === mutant.service));
  const task = { kind: 'try', id: mutant.id, services, verdicts: measured.verdicts } as const;
  let by = await worker.attempt(task);
  if (by === null) {
    // The process remembers how policies were judged before the mutant acted: another one has to judge them.
    worker.stop();
    by = await worker.attempt(task);
  }
  return { ...mutant, status: by === null ? 'Survived' : 'Killed', by: by ?? '' };
}

function write(all: readonly Tried[]): void {
  mkdirSync(path.join(projectRoot, CACHE), { recursive: true });
  writeFileSync(path.join(projectRoot, CACHE, 'model.txt'), `${all.map(lineOf).join('\n')}\n`);
}

const lineOf = ({ status, file, line, mutator, replacement, by }: Tried): string =>
  [status, `${file}:${line}`, mutator, replacement.replaceAll(/\s+/gu, ' ').slice(0, 100), by].join('\t');

function report(all: readonly Tried[]): void {
  for (const service of SERVICES) {
    const { mutants, killed, survived, unreached } = mutantScore(all.filter((one) => one.service === service));
    if (mutants > 0)
      tell(`${service}: ${killed} of ${mutants} noticed, ${survived} survived, ${unreached} not reached`);
  }
  tell(scoreRow('model', mutantScore(all), new Date()));
  tell(`Every mutant stands in ${CACHE}/model.txt.`);
}
