import * as z from 'zod';

import type { Fault } from '../../functions/domain/base/fault';
import type { BrokenFile } from './desired-states-in';
import { isToBeOrdered, type PlannedRow, type Verdict } from './planned-row';
import type { RemovedTenant } from './removed-tenants';

/** What has become of a folder. */
export interface Application {
  readonly dryRun: boolean;
  readonly planned: readonly PlannedRow[];
  readonly broken: readonly BrokenFile[];
  readonly removed: readonly RemovedTenant[];
}

const VERDICTS: readonly Verdict[] = ['new', 'changed', 'closing', 'unchanged', 'older', 'refused', 'failed'];

/** `4 desired states: 1 new, 3 unchanged. 1 was ordered.` */
export function summaryOf(application: Application): string {
  const { planned, broken, removed, dryRun } = application;
  const counts = countsOf(application).map(([verdict, count]) => `${count} ${verdict}`);
  const files = broken.length === 0 ? [] : [`${counted(broken.length, 'file')} cannot be read`];
  const gone = removed.length === 0 ? [] : [`${counted(removed.length, 'tenant')} no longer in the folder`];
  const ordered = planned.filter((row) => row.ordered !== undefined).length;
  const end = dryRun
    ? 'Nothing was ordered: this was a dry run.'
    : `${ordered} ${ordered === 1 ? 'was' : 'were'} ordered.`;
  return `${counted(planned.length, 'desired state')}: ${[...counts, ...files, ...gone].join(', ') || 'nothing to do'}. ${end}`;
}

const countsOf = ({ planned }: Application): readonly (readonly [Verdict, number])[] =>
  VERDICTS.map((verdict) => [verdict, planned.filter((row) => row.verdict === verdict).length] as const).filter(
    ([, count]) => count > 0,
  );

/** 1: a person has to look. */
export const exitCodeOf = ({ planned, broken }: Application): number =>
  broken.length > 0 || planned.some(({ verdict }) => verdict === 'refused' || verdict === 'older') ? 1 : 0;

/** Where the API could not be asked. */
export const failuresIn = ({ planned, removed }: Application): readonly Fault[] => [
  ...planned.filter(({ verdict }) => verdict === 'failed').flatMap(({ faults }) => faults),
  ...removed.flatMap(({ file, failure }) => (failure === undefined ? [] : [{ field: file, message: failure }])),
];

export const jsonOf = (application: Application): string => `${JSON.stringify(reportOf(application), null, 2)}\n`;

function reportOf({ dryRun, planned, broken, removed }: Application): object {
  return {
    dryRun,
    desiredStates: planned.map((one) => ({
      file: one.row.file,
      line: one.row.line,
      tenantUuid: one.row.tenantUuid ?? null,
      verdict: one.verdict,
      replicationSequence: one.sequence,
      ...namesOf(one),
      status: statusOf(one),
      ordered: one.ordered !== undefined,
      changes: one.preview?.changes ?? null,
      differences: isToBeOrdered(one.verdict) ? one.differences : [],
      errors: one.faults,
    })),
    brokenFiles: broken.map(({ file, faults }) => ({ file, errors: faults })),
    removed: removed.map(({ tenantUuid, file, commit, at, known }) => ({
      tenantUuid,
      file,
      commit,
      removedAt: at.toISOString(),
      status: known?.status ?? null,
    })),
  };
}

const Text = z.string().optional().catch(undefined);
const NamesSchema = z.object({
  tenant: z.object({
    metadata: z.object({ ownedByWorkspace: Text, ownedByProject: Text }).optional().catch(undefined),
    spec: z
      .object({ landingZoneRef: z.object({ name: Text }) })
      .optional()
      .catch(undefined),
  }),
});

/** What a person calls it; null where that cannot be read. */
export function namesOf({ row, preview }: PlannedRow): {
  readonly project: string | null;
  readonly landingZone: string | null;
} {
  const read = NamesSchema.safeParse(row.value).data?.tenant;
  const { ownedByWorkspace, ownedByProject } = read?.metadata ?? {};
  return {
    project: ownedByWorkspace === undefined ? null : `${ownedByWorkspace}.${ownedByProject ?? '?'}`,
    landingZone: preview?.landingZone ?? read?.spec?.landingZoneRef.name ?? null,
  };
}

export const statusOf = ({ ordered, known }: PlannedRow): string | null => ordered?.status ?? known?.status ?? null;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
