import fc from 'fast-check';

import platform from '../../sandbox/config/platform.json';
import { changed, desiredStateJson } from '../functions/domain/examples';

/*
 * Desired states and configurations that nobody has seen before: other patterns, tag mappers, landing zones and tenants
 * on every run.
 */

interface LandingZone {
  readonly name: string;
}

export interface FreshOrders {
  readonly platform: object;
  readonly landingZones: readonly LandingZone[];
  readonly desiredStates: readonly object[];
}

const word = (longest: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[a-z][a-z0-9]{1,${longest - 1}}$`));

/** Something that tells tenants apart is in every pattern. */
const telling = fc.constantFrom(
  '#{tenantPlatformNumber:%05d}',
  '#{tenantPlatformNumber:%08x}',
  '#{meshProjectId}.#{tenantPlatformNumber}',
  '#{rand:%.11s}',
);
const accountEmailPattern = fc
  .record({
    prefix: word(6),
    mark: fc.constantFrom('+', '.', '-', '_'),
    name: fc.constantFrom('#{workspaceIdentifier:%.5s}', '#{projectIdentifier:%S}', '#{tagStage:%.2s}', '#{platform}'),
    telling,
    domain: word(8),
  })
  .map(({ prefix, mark, name, telling, domain }) => `${prefix}${mark}${name}${mark}${telling}@${domain}.example`);
const accountAliasPattern = fc
  .record({
    prefix: word(8),
    name: fc.constantFrom(
      '#{projectIdentifier:%.6s}',
      '#{workspaceIdentifier}',
      '#{tagStage}',
      '#{customerIdentifier}',
    ),
    telling: fc.constantFrom('#{tenantPlatformNumber:%06d}', '#{rand:%.9s}', '#{tenantPlatformNumber:%x}'),
  })
  .map(({ prefix, name, telling }) => `${prefix}--${name}-${telling}`);
const tagMappers = fc.uniqueArray(word(10), { minLength: 1, maxLength: 4 }).chain((keys) =>
  fc.tuple(
    ...keys.map((key) =>
      fc.record({
        key: fc.constant(key),
        valuePattern: fc.constantFrom(
          'always the same',
          'of ${workspaceName}!',
          '${tagStage}',
          '${tagNobodyHasIt}',
          '${paymentAmount}',
          'in ${landingZoneIdentifier}',
          '${ownerUsername}',
        ),
      }),
    ),
  ),
);

/** Enrollment needs a registered organizational unit. */
const registered = ['ou-ab12-cdefgh34', 'ou-ab12-devteam1', 'ou-ab12-prod0001'];
const unregistered = ['ou-ab12-legacy01', 'ou-ab12-infra001'];
const stackSet = (name: string, regions: readonly string[]): object => ({ name, regions });
const landingZone = fc
  .record({
    name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,20}[a-z0-9]$/),
    awsTargetOrgUnitId: fc.constantFrom(...registered, ...unregistered),
    enroll: fc.boolean(),
    awsLambdaArn: fc.constantFrom(null, 'arn:aws:lambda:eu-central-1:333333333333:function:landing-zone'),
    stackSets: fc.subarray([
      stackSet('baseline', ['eu-central-1']),
      stackSet('network', ['eu-central-1', 'eu-west-1']),
    ]),
  })
  .map(({ enroll, ...zone }) => ({
    ...zone,
    awsEnrollAccount: enroll && registered.includes(zone.awsTargetOrgUnitId),
  }));

const tags = fc.dictionary(word(12), fc.array(fc.string({ maxLength: 40 }), { maxLength: 3 }), { maxKeys: 5 });

const desiredState = (landingZones: readonly LandingZone[]): fc.Arbitrary<object> =>
  fc
    .record({
      uuid: fc.uuid(),
      sequence: fc.nat({ max: 10_000 }),
      workspace: word(16),
      project: word(30),
      displayName: fc.string({ unit: 'grapheme', maxLength: 60 }),
      number: fc.nat({ max: 99_999 }),
      zone: fc.constantFrom(...landingZones.map(({ name }) => name)),
      stage: word(6),
      tags: fc.tuple(tags, tags),
    })
    .map(
      ({ uuid, sequence, workspace, project, displayName, number, zone, stage, tags: [some, others] }) =>
        changed(
          desiredStateJson,
          ['replicationSequence', sequence],
          ['tenant.metadata', { uuid, ownedByWorkspace: workspace, ownedByProject: project }],
          ['tenant.spec.landingZoneRef.name', zone],
          ['workspace', { metadata: { name: workspace, tags: some }, spec: { displayName } }],
          ['project.metadata', { name: project, ownedByWorkspace: workspace }],
          ['project.spec.tags', { ...others, Stage: [stage] }],
          ['tenantPlatformNumber', number],
        ) as object,
    );

export const freshOrders: fc.Arbitrary<FreshOrders> = fc
  .record({
    changes: fc.record({
      accountEmailPattern,
      accountAliasPattern,
      enforceAccountAlias: fc.boolean(),
      selfDowngradeAccessRole: fc.boolean(),
      accountAccessRole: word(20),
      tenantTags: fc.record({ namespacePrefix: word(8).map((prefix) => `${prefix}:`), tagMappers }),
    }),
    landingZones: fc.uniqueArray(landingZone, {
      minLength: 1,
      maxLength: 3,
      selector: ({ name }) => name.toLowerCase(),
    }),
  })
  .chain(({ changes, landingZones }) =>
    fc.record({
      platform: fc.constant({ ...platform, $schema: undefined, ...changes }),
      landingZones: fc.constant(landingZones),
      desiredStates: fc.uniqueArray(desiredState(landingZones), {
        minLength: 3,
        maxLength: 3,
        selector: (state) => (state as typeof desiredStateJson).tenantPlatformNumber,
      }),
    }),
  );
