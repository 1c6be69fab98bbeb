import { spawn } from 'node:child_process';

import type { CommandContext } from '../../operator/command-context';
import { simulate } from '../simulation/simulate';
import { makeFixture } from '../simulation/simulation-fixture';
import { toldReport } from '../simulation/simulation-report';
import { asText, type SimulateOptions } from './simulation-text';

/** `account-vending simulate`: many tenants, virtual time, everything that goes wrong; 1 if an invariant breaks. */
export async function simulation(
  { options, json }: SimulateOptions,
  { print }: Pick<CommandContext, 'print'>,
): Promise<number> {
  const report = await simulate(options, await makeFixture());
  print(json ? `${JSON.stringify(report, null, 2)}\n` : toldReport(report));
  return report.violations.length === 0 ? 0 : 1;
}

/**
 * The same in a process of its own, which runs a bundle: that does a fifth more in the same time than file by file.
 */
export async function simulationInBundle(asked: SimulateOptions): Promise<number> {
  const { bundledFile } = await import('./bundled-file');
  const file = await bundledFile('sandbox/commands/simulation-process.ts');
  const child = spawn(process.execPath, [file, asText(asked)], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode) => {
      resolve(exitCode ?? 1);
    });
  });
}
