import { OperatorError } from '../operator-error';
import { carriedOver, isObject, type Json, type LeftOut } from './carried-over';
import type { MeshObject, MeshObjects } from './mesh-objects-in';
import { LANDING_ZONE_COUNTERPARTS, PLATFORM_COUNTERPARTS, withListedMappings } from './platform-counterparts';

export interface FromMeshStack {
  readonly platform: Json;
  readonly landingZones: readonly Json[];
  readonly left: readonly LeftOut[];
  /** What meshStack cannot tell. */
  readonly hints: readonly string[];
}

/**
 * Our configuration from meshStack's own.
 *
 * @param named the platform, where there are several
 * @throws OperatorError when there is no AWS platform, or several, or it has no replication
 */
export function fromMeshStack({ platforms, landingZones }: MeshObjects, named: string | undefined): FromMeshStack {
  const { platform, aws } = awsPlatform(platforms, named);
  const found = carriedOver(`platform ${platform.name}`, withListedMappings(aws), PLATFORM_COUNTERPARTS);
  const zones = landingZones.map((zone) => landingZoneOf(zone, platform));
  return {
    platform: withRegionOfControlTower(found.content),
    landingZones: zones.flatMap(({ content }) => (content === null ? [] : [content])),
    left: [...found.left, ...zones.flatMap(({ left }) => left)],
    hints: hintsOf(platform, found.content),
  };
}

function awsPlatform(
  platforms: readonly MeshObject[],
  named: string | undefined,
): { readonly platform: MeshObject; readonly aws: Json } {
  const all = platforms.map((platform) => ({ platform, aws: awsOf(platform) }));
  const wanted = all.filter(({ platform: { name }, aws }) => aws !== undefined && (named ?? name) === name);
  const [one, ...others] = wanted;
  const names = all.map(({ platform: { name } }) => name).join(', ');
  if (one?.aws === undefined) {
    throw new OperatorError(
      `There is no AWS platform ${named === undefined ? '' : `${named} `}with a spec.config.aws${names === '' ? '' : ` among ${names}`}. meshStack leaves ` +
        'the configuration out for API keys that may not manage the platform.',
    );
  }
  if (others.length > 0) throw new OperatorError(`There are several AWS platforms: ${names}. Name one by --platform.`);
  if (!isObject(one.aws['replication'])) {
    throw new OperatorError(
      `The platform ${one.platform.name} has no block replication: its connector is switched off already. Give a file from before that.`,
    );
  }
  return { platform: one.platform, aws: one.aws };
}

function awsOf({ spec: { config } }: MeshObject): Json | undefined {
  const aws = isObject(config) ? config['aws'] : undefined;
  return isObject(aws) ? aws : undefined;
}

function landingZoneOf(
  zone: MeshObject,
  platform: MeshObject,
): { readonly content: Json | null; readonly left: readonly LeftOut[] } {
  const field = `landing zone ${zone.name}`;
  const { platformRef, platformProperties } = zone.spec;
  const uuid = isObject(platformRef) ? platformRef['uuid'] : undefined;
  const isElsewhere = platform.uuid !== null && typeof uuid === 'string' && uuid !== platform.uuid;
  if (isElsewhere) return { content: null, left: [{ field, why: 'is one of another platform' }] };
  if (!isObject(platformProperties) || !isObject(platformProperties['aws']))
    return { content: null, left: [{ field, why: 'has no platformProperties.aws' }] };
  const { content, left } = carriedOver(field, zone.spec, LANDING_ZONE_COUNTERPARTS);
  // Without a unit meshStack makes one for each workspace.
  return { content: { name: zone.name, awsTargetOrgUnitId: null, ...content }, left };
}

/** meshStack has one region for all. */
function withRegionOfControlTower(platform: Json): Json {
  const { enrollmentConfiguration, region } = platform;
  return isObject(enrollmentConfiguration)
    ? { ...platform, enrollmentConfiguration: { region, ...enrollmentConfiguration } }
    : platform;
}

function hintsOf({ name, uuid, spec }: MeshObject, { enrollmentConfiguration }: Json): readonly string[] {
  const location = isObject(spec['locationRef']) ? spec['locationRef'] : {};
  const where = location['name'] ?? location['identifier'];
  const identifier = typeof where === 'string' ? `${name}.${where}` : `${name}.<location>`;
  return [
    `import.organizationalUnits: name the units of the accounts that are to be taken over (docs/import.md).`,
    `meshStack: add the block when replication is switched off, with platformIdentifier ${identifier} and platformUuid ${uuid ?? '<its uuid>'} (docs/meshstack.md).`,
    'landing zones: add stackSets, which meshStack has in its panel and not in its API.',
    ...(enrollmentConfiguration === undefined
      ? []
      : [
          "enrollmentConfiguration.region: is the platform's; correct it if Control Tower's home region is another one.",
        ]),
  ];
}
