import type { ServiceName } from '../../conformance/case';
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

/** A case has noticed the mutant: the others need not be asked. */
class NoticedError extends Error {}

/** Each service has a model of its own, in every run the same. */
async function verdictsOf(service: ServiceName, onVerdict: (name: string, verdict: string) => void): Promise<void> {
  planted.currentTestId = GROUND;
  const begun = await begin('model');
  planted.currentTestId = service;
  tell({ kind: 'alive' });
  try {
    await begun.run(
      (one) => one.service === service,
      ({ of, verdict }) => {
        tell({ kind: 'alive' });
        onVerdict(of.name, verdict);
      },
    );
  } finally {
    await begun.stop();
  }
}

async function measure(services: readonly ServiceName[]): Promise<void> {
  const verdicts: Record<string, Verdicts> = {};
  for (const service of services) {
    const found: Record<string, string> = {};
    await verdictsOf(service, (name, verdict) => {
      found[name] = verdict;
    });
    verdicts[service] = found;
  }
  const { static: constants = {}, perTest = {} } = planted.mutantCoverage ?? {};
  delete planted.currentTestId;
  const reached = Object.entries(perTest).map(([service, ids]) => [service, Object.keys(ids)] as const);
  tell({ kind: 'measured', verdicts, constants: Object.keys(constants), reached: Object.fromEntries(reached) });
}

/** @returns the first case that notices the mutant */
async function noticing({ services, verdicts }: Extract<ToWorker, { kind: 'try' }>): Promise<string | null> {
  for (const service of services) {
    const known = verdicts[service] ?? {};
    await verdictsOf(service, (name, verdict) => {
      if (known[name] !== verdict) throw new NoticedError(`${service}: ${name}`);
    });
  }
  return null;
}

async function attempt(task: Extract<ToWorker, { kind: 'try' }>): Promise<void> {
  planted.activeMutant = task.id;
  const by = await noticing(task).catch(
    (error: unknown) => (error instanceof Error ? error.message : '').split('\n')[0] ?? '',
  );
  delete planted.activeMutant;
  tell({ kind: 'tried', id: task.id, by });
}

process.on('message', (task: ToWorker) => {
  void (task.kind === 'measure' ? measure(task.services) : attempt(task));
});
tell({ kind: 'ready' });
