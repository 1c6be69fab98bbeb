import { VendingDetailSchema, VendingListSchema } from '../../functions/api/responses';
import { type ShadowReport, ShadowReportSchema } from '../../functions/api/shadow-responses';
import type { CommandContext } from '../command-context';
import { apiAnswer } from './api-answer';
import { SHADOW_WORDS, shadowLines } from './shadow-text';

export interface ShadowReportOptions {
  readonly json: boolean;
  readonly apiUrl: string;
  /** Only tenants of this landing zone; undefined: all, and those that were refused at the door. */
  readonly landingZone: string | undefined;
}

export type ShadowedTenant = ShadowReport['tenants'][number];

/** A desired state that was refused before there was a run, and why. */
interface RejectedTenant {
  readonly tenantUuid: string;
  readonly project: string;
  readonly faults: readonly { readonly field: string; readonly message: string }[];
}

/** As many as the API gives at once. */
const PAGE = '100';

/**
 * `vendings shadowed`: what runs would have changed that may only look, tenant by tenant, and what would be
 * refused.
 */
export async function reportShadowed(
  { json, apiUrl, landingZone }: ShadowReportOptions,
  { print, notify }: Pick<CommandContext, 'print' | 'notify'>,
): Promise<number> {
  const tenants = await shadowedTenants(apiUrl, landingZone);
  const rejected = landingZone === undefined ? await rejectedTenants(apiUrl) : [];
  if (json) print(`${JSON.stringify({ tenants, rejected }, null, 2)}\n`);
  else
    print(`${[...tenants.flatMap(linesOf), ...rejected.flatMap(rejectionOf), sumOf(tenants, rejected)].join('\n')}\n`);
  if (tenants.length === 0) notify('No shadowed tenants found.\n');
  return 0;
}

/** All of them, page by page. */
export async function shadowedTenants(apiUrl: string, landingZone?: string): Promise<readonly ShadowedTenant[]> {
  const tenants: ShadowedTenant[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: PAGE, ...named({ landingZone, cursor }) };
    const page = await apiAnswer(apiUrl, { method: 'GET', path: '/shadow-report', query }, ShadowReportSchema);
    tenants.push(...page.tenants);
    ({ cursor } = page);
  }
  return tenants;
}

async function rejectedTenants(apiUrl: string): Promise<readonly RejectedTenant[]> {
  const uuids = new Set<string>();
  for (let cursor: string | null | undefined; cursor !== null;) {
    const query = { limit: PAGE, status: 'REJECTED', ...named({ cursor }) };
    const page = await apiAnswer(apiUrl, { method: 'GET', path: '/vendings', query }, VendingListSchema);
    for (const { tenantUuid } of page.vendings) uuids.add(tenantUuid);
    ({ cursor } = page);
  }
  const rejected: RejectedTenant[] = [];
  for (const tenantUuid of uuids) {
    const detail = await apiAnswer(apiUrl, { method: 'GET', path: `/vendings/${tenantUuid}` }, VendingDetailSchema);
    // Something newer was accepted since.
    if (detail.rejection === null) continue;
    const project = `${detail.workspaceIdentifier}.${detail.projectIdentifier}`;
    rejected.push({ tenantUuid, project, faults: detail.rejection.faults });
  }
  return rejected;
}

/** A parameter without a value is left out. */
const named = (parameters: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

function linesOf(tenant: ShadowedTenant): readonly string[] {
  const { tenantUuid, workspaceIdentifier, projectIdentifier, accountId, landingZone, verdict, workflow } = tenant;
  const verb = workflow === 'close-account' ? `${SHADOW_WORDS[verdict]} (deletion)` : SHADOW_WORDS[verdict];
  const head = `${tenantUuid}  ${workspaceIdentifier}.${projectIdentifier}  ${landingZone}  ${accountId ?? '-'}  ${verb}`;
  return [head, ...shadowLines(tenant)];
}

const rejectionOf = ({ tenantUuid, project, faults }: RejectedTenant): readonly string[] => [
  `${tenantUuid}  ${project}  was refused before it had a run`,
  ...faults.map(({ field, message }) => `  ${field}: ${message}`),
];

function sumOf(tenants: readonly ShadowedTenant[], rejected: readonly RejectedTenant[]): string {
  const count = (wanted: ShadowedTenant['verdict']): number =>
    tenants.filter(({ verdict }) => verdict === wanted).length;
  return (
    `${tenants.length} shadowed: ${count('SAME')} same, ${count('CHANGE')} would change, ` +
    `${count('CREATE')} would be created, ${count('REFUSED')} would be refused; ${rejected.length} refused before a run`
  );
}
