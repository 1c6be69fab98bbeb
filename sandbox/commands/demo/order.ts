import path from 'node:path';

import * as z from 'zod';

import { readJsonFile } from '../../../infra/json-file';
import { projectRoot } from '../../environment';
import { SandboxError } from '../../runtime/ministack/sandbox-error';

/** A desired state and the way it takes into the application. */
export interface Order {
  /** For people: the file it comes from. */
  readonly source: string;
  readonly trigger: 'event' | 'api';
  readonly desiredState: unknown;
}

const EXAMPLES = ['webshop-dev.json', 'fraud-lab.json'].map((file) =>
  path.join(projectRoot, 'sandbox', 'examples', file),
);

/**
 * The orders of a demonstration: the first goes by event, the second by API, and so on.
 *
 * @param files the examples when empty
 * @param accountIds accounts that the examples name, one each, where no accounts are made
 * @throws SandboxError when a file cannot be read or is not JSON
 */
export function readOrders(files: readonly string[], accountIds: readonly string[] = []): readonly Order[] {
  return (files.length === 0 ? EXAMPLES : files).map((source, index) => ({
    source: path.basename(source),
    trigger: index % 2 === 0 ? 'event' : 'api',
    desiredState: naming(files.length === 0 ? accountIds[index] : undefined, bare(readJson(source))),
  }));
}

const NamingSchema = z.looseObject({ tenant: z.looseObject({ spec: z.looseObject({}) }) });

function naming(platformTenantId: string | undefined, desiredState: unknown): unknown {
  if (platformTenantId === undefined) return desiredState;
  const { tenant, ...others } = NamingSchema.parse(desiredState);
  return { ...others, tenant: { ...tenant, spec: { ...tenant.spec, platformTenantId } } };
}

function readJson(file: string): unknown {
  const content = readJsonFile(file);
  if (content.ok) return content.value;
  const [fault] = content.faults;
  throw new SandboxError(
    `${fault?.field ?? file} ${fault?.message ?? ''} It has to hold one desired state (docs/input.md).`,
  );
}

/** A whole EventBridge event is as welcome as its detail. */
function bare(value: unknown): unknown {
  const isEvent = typeof value === 'object' && value !== null && 'detail' in value && !('tenant' in value);
  return isEvent ? value.detail : value;
}
