import { type ChildProcess, fork } from 'node:child_process';

import type { ServiceName } from '../../conformance/case';
import type { FromWorker, Measured, ToWorker } from './model-messages';

/** A mutant that never ends is noticed, too: no case may take as long. */
const SILENT_MILLISECONDS = 45_000;

/** A process that runs cases against the planted model: another one follows where a mutant has ended it. */
export class ModelWorker {
  private process: ChildProcess | undefined;
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** @param services whose cases are run */
  async measure(services: readonly ServiceName[]): Promise<Measured> {
    const said = await this.ask({ kind: 'measure', services });
    if (said.kind === 'measured') return said;
    throw new Error('The cases do not run on the model as it is: run npm run conformance.');
  }

  /** @returns by what the mutant was noticed, or null */
  async attempt(task: Extract<ToWorker, { kind: 'try' }>): Promise<string | null> {
    const said = await this.ask(task);
    return said.kind === 'tried' ? said.by : said.kind;
  }

  stop(): void {
    this.process?.kill('SIGKILL');
    this.process = undefined;
  }

  private async ask(task: ToWorker): Promise<FromWorker | { readonly kind: 'crash' | 'endless' }> {
    const worker = (this.process ??= await this.started());
    const { promise, resolve } = Promise.withResolvers<FromWorker | { readonly kind: 'crash' | 'endless' }>();
    const end = (): void => {
      resolve({ kind: 'endless' });
    };
    let timer = setTimeout(end, SILENT_MILLISECONDS);
    const crashed = (): void => {
      resolve({ kind: 'crash' });
    };
    const heard = (message: FromWorker): void => {
      clearTimeout(timer);
      if (message.kind === 'alive') timer = setTimeout(end, SILENT_MILLISECONDS);
      else resolve(message);
    };
    worker.on('message', heard).on('exit', crashed);
    worker.send(task);
    const said = await promise;
    clearTimeout(timer);
    worker.off('message', heard).off('exit', crashed);
    if (said.kind === 'crash' || said.kind === 'endless') this.stop();
    return said;
  }

  private started(): Promise<ChildProcess> {
    const { promise, resolve, reject } = Promise.withResolvers<ChildProcess>();
    const worker = fork('test/mutants/model-worker.ts', {
      cwd: this.folder,
      execArgv: ['--import', 'tsx'],
      // What a mutant makes a case print is of no interest.
      stdio: ['ignore', 'ignore', process.env['DEBUG'] === undefined ? 'ignore' : 'inherit', 'ipc'],
    });
    worker.once('message', () => {
      resolve(worker);
    });
    worker.once('exit', () => {
      reject(new Error('The process that runs the cases did not start.'));
    });
    return promise;
  }
}
