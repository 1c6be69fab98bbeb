import type * as z from 'zod';

import { RejectedError, TransientError } from '../../../functions/domain/base/errors';
import { monthOf } from '../../../functions/metering/domain/month';
import { MonthUsageSchema, TenantUsageSchema } from '../../../functions/api/responses';
import { SandboxError } from '../../runtime/ministack/sandbox-error';
import type { Stage } from '../../runtime/stage/stage';
import type { OrderStatus } from './vend';

/** The costs of a month, as both endpoints of the API report them. */
export interface MeteringReport {
  readonly month: string;
  readonly state: string;
  readonly currency: string;
  readonly invoiceTotal: string;
  /** How many accounts have a report, those without a tenant among them. */
  readonly reports: number;
  /** Pages of Cost Explorer that AWS would charge. */
  readonly requests: number;
  /** Why there are no costs: the environment or the roles do not allow reading them. */
  readonly refusal?: string;
  /** The tenants that were vended. */
  readonly tenants: readonly { readonly tenantUuid: string; readonly total: string }[];
}

/**
 * Collects the costs as the schedule would, and reads the reports of this month from the API. Reports the reason if AWS
 * refuses.
 */
export async function meterOn(stage: Stage, statuses: readonly OrderStatus[]): Promise<MeteringReport> {
  try {
    return await metered(stage, statuses);
  } catch (error) {
    if (!(error instanceof RejectedError || error instanceof TransientError || error instanceof SandboxError))
      throw error;
    const nothing = { state: 'REFUSED', currency: 'USD', invoiceTotal: '0', reports: 0, requests: 0, tenants: [] };
    return { month: monthOf(stage.now()), ...nothing, refusal: error.message };
  }
}

async function metered(stage: Stage, statuses: readonly OrderStatus[]): Promise<MeteringReport> {
  await stage.collectCosts();
  const path = `/usage-reports/${monthOf(stage.now())}`;
  const all = await read(stage, path, MonthUsageSchema);
  const tenants = statuses.flatMap(({ tenantUuid, status }) =>
    tenantUuid !== null && status === 'VENDED' ? [tenantUuid] : [],
  );
  const { month, state, currency, invoiceTotal, reports, collection } = all;
  return {
    month,
    state,
    currency,
    invoiceTotal,
    reports: reports.length,
    requests: collection.requests,
    tenants: await Promise.all(
      tenants.map(async (tenantUuid) => {
        const { total } = await read(stage, `/tenants/${tenantUuid}${path}`, TenantUsageSchema);
        return { tenantUuid, total };
      }),
    ),
  };
}

async function read<Schema extends z.ZodType>(stage: Stage, path: string, schema: Schema): Promise<z.infer<Schema>> {
  const { status, body } = await stage.callApi({ method: 'GET', path });
  const parsed = schema.safeParse(body);
  if (status === 200 && parsed.success) return parsed.data;
  throw new SandboxError(`GET ${path} was answered with ${status}: ${JSON.stringify(body)}`);
}
