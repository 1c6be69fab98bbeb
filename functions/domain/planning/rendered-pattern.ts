import { createHash } from 'node:crypto';

import { type Fault, shown } from '../base/fault';
import {
  type PlaceholderValues,
  renderStringTemplate,
  isTagPlaceholder,
  tagNameOf,
} from '../templates/string-template';
import type { DesiredState } from '../desired-state/desired-state';
import { OWNER_NAMES } from '../templates/tag-value-pattern';

/** A part of the plan and what is wrong with it: planning goes on after a fault, so that all are found at once. */
export interface Planned<T> {
  readonly value: T;
  readonly faults: readonly Fault[];
}

/** A configured pattern with this request's values; a placeholder without a value is a fault of the request. */
export function renderedPattern(field: string, pattern: string, values: PlaceholderValues): Planned<string> {
  const rendered = renderStringTemplate(pattern, values);
  if (rendered.ok) return { value: rendered.text, faults: [] };
  return {
    value: '',
    faults: [
      ...rendered.missing.map((placeholder) => withoutValue(placeholder, field)),
      ...rendered.unfit.map((problem) => ({
        field,
        message: `is ${shown(pattern)}, whose ${problem}. Change the format.`,
        value: pattern,
      })),
    ],
  };
}

function withoutValue(placeholder: string, pattern: string): Fault {
  const field = fieldOf(placeholder);
  const remedy = isTagPlaceholder(placeholder)
    ? `Add the tag '${tagNameOf(placeholder)}' to project, payment method, workspace or tenant`
    : 'Add it';
  const message = `is missing, but ${pattern} uses #{${placeholder}}. ${remedy}, or take the placeholder out of the pattern.`;
  return { field, message };
}

function fieldOf(placeholder: string): string {
  if (isTagPlaceholder(placeholder)) return `project.spec.tags.${tagNameOf(placeholder)}`;
  return placeholder === 'platform' ? 'tenant.status.tenantName' : placeholder;
}

/** The values of a request for `#{name}`. What it does not carry is absent: a fault only if a pattern asks for it. */
export function placeholderValues(desiredState: DesiredState, tags: ReadonlyMap<string, string>): PlaceholderValues {
  const { tenant, tenantPlatformNumber, meshProjectId } = desiredState;
  const platform = platformOf(tenant.status.tenantName);
  return new Map<string, string | number>([
    ...tags,
    ['workspaceIdentifier', tenant.metadata.ownedByWorkspace],
    ['projectIdentifier', tenant.metadata.ownedByProject],
    ['tenantPlatformNumber', tenantPlatformNumber],
    ['rand', randomPart(tenant.metadata.uuid)],
    ...(platform === undefined ? [] : [['platform', platform] as const]),
    ...(typeof meshProjectId === 'number' ? [['meshProjectId', meshProjectId] as const] : []),
  ]);
}

/**
 * meshStack's tenant names are `<workspace>.<project>.<platform>.<location>`: the platform's identifier, without its
 * location.
 */
const platformOf = (tenantName: string): string | undefined => {
  const platform = tenantName.split('.')[2];
  return platform === '' ? undefined : platform;
};

const NONE = 'none';

/**
 * The values of a request for `${name}` in tag mappers. A desired state does not tell a workspace's owners, so what
 * is known about them is what meshStack writes where there are none: `none`.
 */
export function mapperValues(
  desiredState: DesiredState,
  tags: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const { tenant, workspace, project, paymentMethod } = desiredState;
  const landingZone = tenant.spec.landingZoneRef.name;
  return new Map([
    ...tags,
    ['projectIdentifier', tenant.metadata.ownedByProject],
    ['projectName', project.spec.displayName],
    ['workspaceIdentifier', tenant.metadata.ownedByWorkspace],
    ['workspaceName', workspace.spec.displayName],
    ['landingZoneName', landingZone],
    ['landingZoneIdentifier', landingZone],
    ['paymentIdentifier', paymentMethod?.metadata.name ?? project.spec.paymentMethodIdentifier ?? NONE],
    ['paymentName', paymentMethod?.spec.displayName ?? NONE],
    ['paymentExpirationDate', paymentMethod?.spec.expirationDate ?? NONE],
    ['paymentAmount', String(paymentMethod?.spec.amount ?? NONE)],
    ...OWNER_NAMES.map((name) => [name, NONE] as const),
  ]);
}

/** 36^50 is the first power of 36 beyond 2^256. */
const CHARACTERS = 50;

/**
 * The value of `#{rand}`: SHA-256 of the tenant's uuid in base 36. Nothing has to be stored, and every run, today's or
 * next year's, agrees. meshStack promises up to 100 characters; a hash has 50, all of them always there (leading
 * zeros are kept), so that a pattern's length does not depend on the tenant.
 *
 * @public
 */
export function randomPart(tenantUuid: string): string {
  const hash = createHash('sha256').update(tenantUuid).digest('hex');
  return BigInt(`0x${hash}`).toString(36).padStart(CHARACTERS, '0');
}
