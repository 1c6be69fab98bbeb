import path from 'node:path';

import type { Configuration } from '../../functions/domain/configuration/configuration';
import type { RoleMapping } from '../../functions/domain/configuration/access-configuration';
import type { LandingZone } from '../../functions/domain/configuration/landing-zone';
import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../environment';

/**
 * The example configuration and, beside its landing zones, others that combine differently what a landing zone can ask
 * for.
 */
export function simulatedConfiguration(): Configuration {
  const { platform, landingZones } = loadConfiguration(path.join(projectRoot, 'sandbox', 'config'));
  const enrolled = zoneOf(landingZones, 'aws-dev');
  const plain = zoneOf(landingZones, 'aws-sandbox');
  const [baseline] = enrolled.stackSets;
  const [network] = plain.stackSets;
  if (baseline === undefined || network === undefined) throw new Error('The example landing zones have no stack sets.');
  const zones: readonly LandingZone[] = [
    enrolled,
    plain,
    { ...plain, name: 'bare', stackSets: [], closeAccount: false },
    {
      ...plain,
      name: 'baselines',
      awsLambdaArn: enrolled.awsLambdaArn,
      stackSets: [baseline, network],
      awsTargetOrgUnitId: null,
    },
    { ...enrolled, name: 'everything', stackSets: [baseline, network] },
    {
      ...enrolled,
      name: 'governed',
      awsLambdaArn: null,
      stackSets: [],
      closeAccount: false,
      awsRoleMappings: withExistingGroup(platform.awsIdentityStore?.awsRoleMappings ?? []),
    },
  ];
  return {
    platform: { ...platform, workspaceOrgUnits: WORKSPACE_UNITS },
    landingZones: Object.fromEntries(zones.map((zone) => [zone.name, zone])),
  };
}

/** For the landing zone that names no unit. */
const WORKSPACE_UNITS = { parentOrgUnitId: 'ou-ab12-infra001', namePattern: '#{workspaceIdentifier}' };

/** The group that the identity provider has for a workspace. */
export const existingGroupOf = (workspace: string): string => `people-${workspace}`;

/** Readers come in by a group of the identity provider, all others by groups of ours. */
const withExistingGroup = (mappings: readonly RoleMapping[]): RoleMapping[] =>
  mappings.map((mapping) =>
    mapping.awsRole === 'reader'
      ? { ...mapping, existingGroupNamePattern: existingGroupOf('#{workspaceIdentifier}') }
      : mapping,
  );

function zoneOf(zones: Configuration['landingZones'], name: string): LandingZone {
  const zone = zones[name];
  if (zone === undefined) throw new Error(`sandbox/config has no landing zone ${name}.`);
  return zone;
}
