import * as z from 'zod';

import { unusedPermissions } from '../docs/unused-permissions';
import { type Outcome, tell } from './outcome';
import { inProcessOfItsOwn } from './process-of-its-own';
import { type Finding, FindingSchema } from './removals/finding';

const PARTS = 4;

/**
 * Takes away every permission that a story uses, one at a time, and demands that the story fails on exactly that; what
 * no story uses has to be explained in docs/iam-unused.md. In processes, each with its share of the permissions.
 */
export function removalTasks(): readonly (() => Promise<readonly Finding[]>)[] {
  const parts = Array.from({ length: PARTS }, (_, part) => part);
  return parts.map((part) => () => findingsOf(part));
}

const findingsOf = (part: number): Promise<readonly Finding[]> =>
  inProcessOfItsOwn('test/deep/removals/worker.ts', [String(part), String(PARTS)], z.array(FindingSchema));

/** What became of all removals. */
export function removalsOutcome(findings: readonly Finding[]): Outcome {
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
      : [{ permission, fault: 'nothing uses it, and docs/iam-unused.md does not explain why it is granted' }];
  }
  if (isExplained) return [{ permission, fault: `docs/iam-unused.md says that nothing uses it: ${scenario} does` }];
  return problem === null ? [] : [{ permission, fault: problem }];
}
