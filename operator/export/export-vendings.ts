import * as z from 'zod';

import { VendingDetailSchema, VendingListSchema } from '../../functions/api/responses';
import type { CommandContext } from '../command-context';
import { csv } from '../csv-text';
import { OperatorError } from '../operator-error';
import { apiAnswer } from '../vendings/api-answer';
import { ExportFolder } from './export-folder';

export interface ExportOptions {
  readonly json: boolean;
  readonly apiUrl: string;
  readonly folder: string;
}

/** As many as the API gives at once. */
const PAGE = '100';

/** How often progress is told. */
const TOLD_EVERY = 100;

const ExportedSchema = z.object({ exportedAt: z.string(), vending: VendingDetailSchema });

type Exported = z.infer<typeof ExportedSchema>;

/**
 * `vendings export DIR`: every tenant with its newest desired state and plan, one file each, and a list of
 * all accounts. Interrupted, it goes on where it was; finished, it begins again.
 *
 * @throws OperatorError when the API does not answer, or the folder cannot be written to
 */
export async function exportVendings(
  { json, apiUrl, folder: where }: ExportOptions,
  { print, notify, now }: Pick<CommandContext, 'print' | 'notify' | 'now'>,
): Promise<number> {
  const folder = ExportFolder.open(where, apiUrl, now());
  const exported: Exported[] = [];
  const uuids = await goingOn(where, () => allTenants(apiUrl));
  for (const tenantUuid of uuids) {
    const known = ExportedSchema.safeParse(folder.written(tenantUuid)).data;
    exported.push(known ?? (await goingOn(where, () => tenantOf(apiUrl, tenantUuid, now()))));
    if (known === undefined) folder.writeTenant(tenantUuid, exported.at(-1) ?? {});
    if (exported.length % TOLD_EVERY === 0) notify(`${exported.length} of ${uuids.size} tenants.\n`);
  }
  const accounts = exported.flatMap(({ vending }) => accountLine(vending)).toSorted(byAccountId);
  const stale = folder.finish(csv([COLUMNS, ...accounts]), uuids, now());
  for (const file of stale) notify(`${file} is of an earlier export: the API knows this tenant no more.\n`);
  const sum = { folder: where, tenants: uuids.size, accounts: accounts.length };
  print(
    json
      ? `${JSON.stringify(sum, null, 2)}\n`
      : `${sum.tenants} tenants and ${sum.accounts} accounts are in ${where}.\n`,
  );
  return 0;
}

async function goingOn<Result>(folder: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    if (!(cause instanceof OperatorError)) throw cause;
    throw new OperatorError(`${cause.message}\nThe export is not complete. Start it again with ${folder}: it goes on.`);
  }
}

/**
 * All of them: a tenant that changes while the pages are read moves to the front, so they are read until no new one
 * comes.
 */
async function allTenants(apiUrl: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query = { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
      const page = await apiAnswer(apiUrl, { method: 'GET', path: '/vendings', query }, VendingListSchema);
      for (const { tenantUuid } of page.vendings) found.add(tenantUuid);
      ({ cursor } = page);
    }
  }
  return found;
}

async function tenantOf(apiUrl: string, tenantUuid: string, now: Date): Promise<Exported> {
  const path = `/vendings/${encodeURIComponent(tenantUuid)}`;
  const query = { include: 'desiredState,plan' };
  const vending = await apiAnswer(apiUrl, { method: 'GET', path, query }, VendingDetailSchema);
  return { exportedAt: now.toISOString(), vending };
}

const COLUMNS = [
  'accountId',
  'accountName',
  'accountEmail',
  'workspace',
  'project',
  'landingZone',
  'status',
  'imported',
  'knownSince',
  'tenantUuid',
];

const LandingZoneSchema = z.object({
  tenant: z.object({ spec: z.object({ landingZoneRef: z.object({ name: z.string() }) }) }),
});

function accountLine({ account, ...vending }: Exported['vending']): readonly (readonly string[])[] {
  if (account === null) return [];
  const { workspaceIdentifier, projectIdentifier, status, tenantUuid, desiredState } = vending;
  const landingZone = LandingZoneSchema.safeParse(desiredState).data?.tenant.spec.landingZoneRef.name ?? '';
  return [
    [
      account.id,
      account.name,
      account.email,
      workspaceIdentifier,
      projectIdentifier,
      landingZone,
      status,
      account.imported ? 'yes' : 'no',
      account.knownSince,
      tenantUuid,
    ],
  ];
}

const byAccountId = ([one = '']: readonly string[], [other = '']: readonly string[]): number => (one < other ? -1 : 1);
