import type { Configuration } from '../configuration/configuration';
import { echoed, shown, type Fault } from '../base/fault';
import type { PlatformConfiguration } from '../configuration/platform-configuration';

/** The parts of a desired state that can be judged one by one, even where others are missing. */
export interface RequestParts {
  readonly workspaceIdentifier?: string | undefined;
  readonly projectIdentifier?: string | undefined;
  readonly landingZone?: string | undefined;
}

/** Identifiers against their limits and character rules, and the landing zone against those that are configured. */
export const requestFaults = (parts: RequestParts, { platform, landingZones }: Configuration): readonly Fault[] => [
  ...(parts.workspaceIdentifier === undefined ? [] : identifierFaults(WORKSPACE, parts.workspaceIdentifier, platform)),
  ...(parts.projectIdentifier === undefined ? [] : identifierFaults(PROJECT, parts.projectIdentifier, platform)),
  ...(parts.landingZone === undefined || Object.hasOwn(landingZones, parts.landingZone)
    ? []
    : [unknownLandingZone(parts.landingZone, Object.keys(landingZones))]),
];

interface IdentifierRule {
  readonly field: string;
  readonly limit: keyof PlatformConfiguration['identifierLimits'];
  readonly pattern: RegExp;
  readonly characters: string;
}

const WORKSPACE: IdentifierRule = {
  field: 'tenant.metadata.ownedByWorkspace',
  limit: 'workspaceIdentifier',
  pattern: /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/,
  characters: 'letters, digits and single hyphens, with no hyphen at either end',
};

const PROJECT: IdentifierRule = {
  field: 'tenant.metadata.ownedByProject',
  limit: 'projectIdentifier',
  pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
  characters: 'lower-case letters, digits and single hyphens, with no hyphen at either end',
};

function identifierFaults(rule: IdentifierRule, value: string, platform: PlatformConfiguration): readonly Fault[] {
  const { field, characters } = rule;
  const longest = platform.identifierLimits[rule.limit];
  const faults: Fault[] = [];
  if (value.length > longest) {
    const message = `is ${shown(value)}, which has ${value.length} characters; at most ${longest} are allowed. Choose a shorter identifier, or raise identifierLimits.${rule.limit} in platform.json.`;
    faults.push({ field, message, value: echoed(value), limit: longest });
  }
  if (!rule.pattern.test(value)) {
    const message = `is ${shown(value)}; it may have ${characters}. Choose another identifier.`;
    faults.push({ field, message, value: echoed(value), limit: characters });
  }
  return faults;
}

const unknownLandingZone = (name: string, known: readonly string[]): Fault => ({
  field: 'tenant.spec.landingZoneRef.name',
  message: `is ${shown(name)}, which is not a configured landing zone. Known are ${known.toSorted().map(shown).join(', ')}; name one of them, or add landing-zones/<name>.json to the configuration.`,
  value: echoed(name),
  limit: known.toSorted().join(', '),
});

const YEAR_MILLISECONDS = 365.25 * 24 * 60 * 60 * 1000;

/**
 * Rejects a sequence that no sender can mean, whether it counts or gives the milliseconds since 1970: everything that
 * comes later would be older. A sender that counts in microseconds needs a higher bound.
 */
export function sequenceFaults(
  sequence: number,
  now: Date,
  { replicationSequenceYearsAhead: years }: PlatformConfiguration,
): readonly Fault[] {
  const limit = Math.floor(now.getTime() + years * YEAR_MILLISECONDS);
  if (sequence <= limit) return [];
  const message = `is ${sequence}; at most ${limit} is plausible now, which as milliseconds since 1970 is ${years} years ahead. Send counted numbers or milliseconds, or raise replicationSequenceYearsAhead in platform.json.`;
  return [{ field: 'replicationSequence', message, value: sequence, limit }];
}
