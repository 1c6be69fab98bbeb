import { CustomizationError } from '../domain/base/errors';
import { toldOf, withRecord } from '../domain/customizations/customization-work';
import type { PlannedCustomization } from '../domain/plan/plan';
import type { CustomizationRecord } from '../domain/records/account-records';
import type { Change } from '../domain/records/ledger-records';
import type { StepContext } from '../domain/run/step-context';
import type { Build } from '../ports/builds';
import type { TenantRepository } from '../ports/repositories';

/** Writes one record down, and gives the context as it is then. */
export async function recordBuild(
  repository: TenantRepository,
  context: StepContext,
  record: CustomizationRecord,
): Promise<StepContext> {
  const { customizations } = context.tenant;
  const after = withRecord(customizations ?? [], record);
  await repository.update('customizations', { before: customizations, after });
  return { ...context, tenant: { ...context.tenant, customizations: after } };
}

/** The record after a look at its build. */
export function settled(record: CustomizationRecord, build: Build): CustomizationRecord {
  const seen = { ...record, buildId: build.id, logLink: build.logLink ?? record.logLink };
  switch (build.status) {
    case 'running':
      return { ...seen, phase: 'running' };
    case 'succeeded':
      return { ...seen, phase: 'done', outputs: { ...build.outputs } };
    case 'failed':
    case 'stopped':
      return { ...seen, phase: 'failed' };
  }
}

export const changeOf = (
  { name, destroys }: Pick<PlannedCustomization, 'name' | 'destroys'>,
  record: CustomizationRecord,
): Change => ({ what: `customization ${name}`, from: null, to: toldOf(record, destroys === true) });

/** Where the log is, as a sentence; empty where nobody knows. */
export const logOf = ({ logLink }: Pick<CustomizationRecord, 'logLink'>): string =>
  logLink === null ? '' : ` Its log: ${logLink}`;

export function failed(
  { name }: PlannedCustomization,
  record: CustomizationRecord,
  reason: string,
): CustomizationError {
  return new CustomizationError(
    `The customization "${name}" has failed (build ${record.buildId ?? 'unknown'}): ${reason}.${logOf(record)}`,
    "Read the log, mend the commands, their source, the role's policies or the account, deploy what was changed, and replay this run, which runs it again.",
  );
}
