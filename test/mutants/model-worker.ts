import { type ServiceName, SERVICES } from '../../conformance/case';
import { type FromWorker, GROUND, type ToWorker } from './model-messages';

interface Coverage {
  readonly static: Readonly<Record<string, number>>;
  readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What the planted code asks for the mutant that acts, and tells which mutants it has reached. */
const planted: { activeMutant?: string; currentTestId?: string; mutantCoverage?: Coverage } = {};
Reflect.set(globalThis, '__stryker__', planted);

// The model must not be loaded before.
const { begin } = await import('../conformance/run-against');

type Verdicts = Readonly<Record<string, string>>;

const tell = (message: FromWorker): void => {
  process.send?.(message);
};

/** Each service has a model of its own, in every run the same. */
async function verdictsOf(service: ServiceName): Promise<Verdicts> {
  planted.currentTestId = GROUND;
  const begun = await begin('model');
  planted.currentTestId = service;
  tell({ kind: 'alive' });
  try {
    const results = await begun.run(service, () => {
      tell({ kind: 'alive' });
    });
    return Object.fromEntries(results.map(({ of, verdict }) => [of.name, verdict]));
  } finally {
    await begun.stop();
  }
}

async function measure(): Promise<void> {
  const verdicts: Record<string, Verdicts> = {};
  for (const service of SERVICES) {
    verdicts[service] = await verdictsOf(service);
  }
  const { static: constants = {}, perTest = {} } = planted.mutantCoverage ?? {};
  delete planted.currentTestId;
  const reached = Object.entries(perTest).map(([service, ids]) => [service, Object.keys(ids)] as const);
  tell({ kind: 'measured', verdicts, constants: Object.keys(constants), reached: Object.fromEntries(reached) });
}

/** @returns the first case that notices the mutant */
async function noticing({ services, verdicts }: Extract<ToWorker, { kind: 'try' }>): Promise<string | null> {
  for (const service of services) {
    const found = await verdictsOf(service);
    const other = Object.entries(verdicts[service] ?? {}).find(([name, verdict]) => found[name] !== verdict);
    if (other !== undefined) return `${service}: ${other[0]}`;
  }
  return null;
}

async function attempt(task: Extract<ToWorker, { kind: 'try' }>): Promise<void> {
  planted.activeMutant = task.id;
  const by = await noticing(task).catch((error: unknown) => String(error).split('\n')[0] ?? '');
  delete planted.activeMutant;
  tell({ kind: 'tried', id: task.id, by });
}

process.on('message', (task: ToWorker) => {
  void (task.kind === 'measure' ? measure() : attempt(task));
});
tell({ kind: 'ready' });
