import { readFileSync } from 'node:fs';
import path from 'node:path';

import { DesiredStateSchema } from '../../functions/domain/desired-state/desired-state';
import { projectRoot } from '../environment';

/** How a tenant of the busy day ends. */
export type Fate =
  | 'vended'
  | 'fails'
  | 'closed'
  | 'rejected'
  | 'superseded'
  | 'shadowed'
  | 'awaits approval'
  | 'queued';

export interface BusyTenant {
  readonly workspace: string;
  readonly project: string;
  readonly landingZone: string;
  readonly fate: Fate;
}

const of = (
  fate: Fate,
  landingZone: string,
  workspace: string,
  ...projects: readonly string[]
): readonly BusyTenant[] => projects.map((project) => ({ workspace, project, landingZone, fate }));

/** Forty tenants. Those that fail are named after why they do: `busy-faults.ts`. */
export const BUSY_TENANTS: readonly BusyTenant[] = [
  ...of('vended', 'aws-dev', 'retail', 'webshop-dev', 'webshop-test', 'checkout', 'loyalty'),
  ...of('vended', 'aws-sandbox', 'payments', 'fraud-lab', 'ledger', 'settlement'),
  ...of('vended', 'aws-sandbox', 'logistics', 'routing', 'tracking', 'depot'),
  ...of('vended', 'aws-sandbox', 'people', 'time-sheets', 'onboarding'),
  ...of('fails', 'aws-sandbox', 'marketing', 'email-campaigns', 'email-tracking', 'email-archive'),
  ...of('fails', 'aws-sandbox', 'data', 'import-lake'),
  ...of('fails', 'aws-dev', 'data', 'stack-reports', 'stack-models'),
  ...of('closed', 'aws-sandbox', 'logistics', 'pallets'),
  ...of('closed', 'aws-sandbox', 'retail', 'catalogue'),
  ...of('rejected', 'aws-nowhere', 'people', 'surveys', 'canteen'),
  ...of('superseded', 'aws-sandbox', 'payments', 'invoices'),
  ...of('shadowed', 'aws-trial', 'research', 'genome', 'weather'),
  ...of('awaits approval', 'aws-prod', 'retail', 'webshop-prod'),
  ...of('awaits approval', 'aws-prod', 'payments', 'ledger-prod'),
  ...of('queued', 'aws-sandbox', 'research', 'lab-1', 'lab-2', 'lab-3', 'lab-4', 'lab-5', 'lab-6', 'lab-7', 'lab-8'),
  ...of('queued', 'aws-sandbox', 'training', 'course-1', 'course-2', 'course-3', 'course-4', 'course-5'),
];

const EXAMPLE = path.join(projectRoot, 'sandbox/examples/fraud-lab.json');

/** The same at every start. */
const uuidOf = (tenant: BusyTenant): string =>
  `b5000000-0000-4000-8000-${String(BUSY_TENANTS.indexOf(tenant)).padStart(12, '0')}`;

interface Wish {
  readonly sequence?: number;
  readonly lifecycle?: 'ACTIVE' | 'MARKED_FOR_DELETION';
  readonly platformTenantId?: string;
}

/** What meshStack would send of a tenant: the example, with its own names. */
export function desiredStateOf(tenant: BusyTenant, { sequence = 1, lifecycle = 'ACTIVE', ...wish }: Wish = {}): object {
  const { workspace, project, landingZone } = tenant;
  const example = DesiredStateSchema.parse(JSON.parse(readFileSync(EXAMPLE, 'utf8')));
  const { spec, status, ...others } = example.tenant;
  return {
    ...example,
    replicationSequence: sequence,
    tenant: {
      ...others,
      metadata: { uuid: uuidOf(tenant), ownedByWorkspace: workspace, ownedByProject: project },
      spec: {
        ...spec,
        landingZoneRef: { ...spec.landingZoneRef, name: landingZone },
        platformTenantId: wish.platformTenantId ?? null,
      },
      status: { ...status, tenantName: `${workspace}.${project}.aws.eu`, lifecycle: { state: lifecycle } },
    },
    tenantPlatformNumber: 100 + BUSY_TENANTS.indexOf(tenant),
    meshProjectId: 2000 + BUSY_TENANTS.indexOf(tenant),
    workspace: { ...example.workspace, metadata: { ...example.workspace.metadata, name: workspace } },
    project: { ...example.project, metadata: { name: project, ownedByWorkspace: workspace } },
  };
}
