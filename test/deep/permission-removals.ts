import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { unusedPermissions } from '../docs/unused-permissions';
import { projectRoot } from '../../sandbox/environment';
import { type Finding, FindingSchema } from './removals/finding';

/** What became of all removals. */
export interface RemovalCount {
  readonly passed: number;
  readonly failed: number;
}

const PARTS = 2;

/**
 * Takes away every permission that a story uses, one at a time, and demands that the story fails on exactly that; what no story uses has to be
 * explained in docs/iam.md. In two processes, each with every other permission.
 */
export async function permissionRemovals(tell: (line: string) => void): Promise<RemovalCount> {
  tell('\nTaking away every permission, one at a time');
  const parts = await Promise.all(Array.from({ length: PARTS }, (_, part) => findingsOf(part)));
  const findings = parts.flat();
  const faulty = findings.flatMap(faultOf);
  faulty.forEach(({ permission, fault }) => {
    tell(`✘ ${permission}: ${fault}`);
  });
  const used = findings.filter(({ scenario }) => scenario !== null);
  tell(
    `${used.length} permissions that are used were taken away, ${findings.length - used.length} are explained as unused`,
  );
  return { passed: findings.length - faulty.length, failed: faulty.length };
}

function faultOf({
  permission,
  holder,
  action,
  scenario,
  problem,
}: Finding): readonly { permission: string; fault: string }[] {
  const row = unusedPermissions().find((one) => one.holder === holder && one.action === action);
  const isExplained = row !== undefined && !row.isUsedElsewhere;
  if (scenario === null) {
    return isExplained
      ? []
      : [{ permission, fault: 'nothing uses it, and docs/iam.md does not explain why it is granted' }];
  }
  if (isExplained) return [{ permission, fault: `docs/iam.md says that nothing uses it: ${scenario} does` }];
  return problem === null ? [] : [{ permission, fault: problem }];
}

async function findingsOf(part: number): Promise<readonly Finding[]> {
  const worker = ['tsx', 'test/deep/removals/worker.ts', String(part), String(PARTS)];
  const child = spawn('npx', worker, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const findings: Finding[] = [];
  for await (const line of createInterface(child.stdout)) findings.push(FindingSchema.parse(JSON.parse(line)));
  if ((await ended) !== 0) throw new Error(`The removals of part ${part} have not come to their end.`);
  return findings;
}
