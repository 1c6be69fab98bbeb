import fc from 'fast-check';
import * as z from 'zod';
import { parseConfiguration } from '../../../../functions/domain/configuration/configuration';
import { parseDesiredState } from '../../../../functions/domain/desired-state/desired-state';
import type { Fault } from '../../../../functions/domain/base/fault';
import { judgeDesiredState } from '../../../../functions/domain/planning/judge-desired-state';
import { PlanSchema, type VendingPlan } from '../../../../functions/domain/plan/plan';
import { planVending } from '../../../../functions/domain/planning/plan-vending';
import { changed, configuration, desiredStateJson, landingZoneJson, PERMISSION_SET, platformJson } from '../examples';

/* Rules that hold for every plan, whatever comes in. The tables are in plan-vending.test.ts. */

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom('', 'aws:x', 'dev', 'a b', '--'),
);
const identifier = (longest: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.stringMatching(new RegExp(`^[a-z][a-z0-9]{0,${longest - 1}}$`)) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }) },
  );
const tags = fc.dictionary(
  fc.oneof(fc.constantFrom('environment', 'costCenter', 'owner'), fc.string({ unit: 'grapheme', maxLength: 140 })),
  fc.array(text, { maxLength: 3 }),
  { maxKeys: 8 },
);
const user = fc.record({
  meshIdentifier: fc.string(),
  username: fc.string(),
  euid: fc.option(fc.oneof(fc.emailAddress(), fc.string())),
  roles: fc.array(fc.constantFrom('admin', 'user', 'reader', 'other')),
});

const desiredStates = fc
  .record({
    uuid: fc.uuid(),
    workspace: identifier(16),
    project: identifier(30),
    number: fc.nat(),
    meshProjectId: fc.option(fc.nat({ max: Number.MAX_SAFE_INTEGER }), { nil: undefined }),
    tags: fc.tuple(tags, tags, tags, tags),
    users: fc.array(user, { maxLength: 5 }),
    tenantName: fc.oneof(fc.constant('a.b.aws.eu'), fc.string()),
    landingZone: fc.constantFrom('aws-dev', 'aws-dev', 'aws-dev', 'nowhere'),
  })
  .map(({ uuid, workspace, project, number, meshProjectId, tags, users, tenantName, landingZone }) =>
    changed(
      desiredStateJson,
      ['tenant.metadata', { uuid, ownedByWorkspace: workspace, ownedByProject: project }],
      ['tenant.spec.landingZoneRef.name', landingZone],
      ['tenant.status.tenantName', tenantName],
      ['tenantPlatformNumber', number],
      ['meshProjectId', meshProjectId],
      ['project.spec.tags', tags[0]],
      ['paymentMethod.spec.tags', tags[1]],
      ['workspace.metadata.tags', tags[2]],
      ['tenant.status.tags', tags[3]],
      ['userPermissions', users],
    ),
  );

const placeholder = fc.constantFrom(
  '#{workspaceIdentifier}',
  '#{projectIdentifier:%.9s}',
  '#{tenantPlatformNumber:%03d}',
  '#{meshProjectId:%x}',
  '#{meshProjectId:%c}',
  '#{platform}',
  '#{rand:%.6s}',
  '#{rand:%60s}',
  '#{tagEnvironment}',
  '#{tagOwner:%.5S}',
);
const pattern = (ending: string): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(placeholder, fc.constantFrom('-', '.', 'x', '+', 'aws')), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.join('') + ending);

const configurations = fc
  .record({
    email: fc.oneof(fc.constant(platformJson.accountEmailPattern), pattern('@corp.example')),
    alias: fc.oneof(fc.constant(platformJson.accountAliasPattern), pattern('')),
    group: fc.oneof(fc.constant(platformJson.awsIdentityStore.groupNamePattern), pattern('#{platformGroupAlias}')),
    prefix: fc.constantFrom('meshstack_', 'aw', 'größe:'),
    mapper: fc.constantFrom('static', '${projectName}', '${tagOwner}', '${workspaceIdentifier}'),
  })
  .map(({ email, alias, group, prefix, mapper }) => {
    const mapped = ['admin', 'user'].map((name) => ({
      projectRoleRef: { name },
      awsRole: name,
      permissionSetArns: [PERMISSION_SET],
    }));
    return configuration(
      ['platform.accountEmailPattern', email],
      ['platform.accountAliasPattern', alias],
      ['platform.awsIdentityStore.groupNamePattern', group],
      ['platform.awsIdentityStore.awsRoleMappings', mapped],
      ['platform.tenantTags.namespacePrefix', prefix],
      ['platform.tenantTags.tagMappers.0.valuePattern', mapper],
    );
  });

/** The limits of AWS's APIs, written down again and not taken from the code under test. */
function expectWithinAwsLimits({ account, tags, groups, tagNamespacePrefix }: VendingPlan): void {
  expect(account.name).toMatch(/^[\u0020-\u007E]{1,50}$/);
  expect(account.email).toMatch(/^(?=.{6,64}$)[\u0021-\u007E]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/);
  expect(account.email.split('@')).toHaveLength(2);
  expect(account.alias).toMatch(/^(?=.{3,63}$)(?!\d{12}$)[a-z0-9](?:[a-z0-9]|-(?!-))*[a-z0-9]$/);
  expect(Object.keys(tags).length).toBeLessThan(50);
  for (const [key, value] of Object.entries(tags)) {
    expect(key.startsWith(tagNamespacePrefix ?? '')).toBe(true);
    expect(key).toMatch(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/iu);
    expect(key.length).toBeLessThanOrEqual(128);
    expect(value).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u);
    expect(value.length).toBeLessThanOrEqual(256);
  }
  expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
  for (const { name } of groups) expect(name).toMatch(/^mst-[\p{L}\p{M}\p{S}\p{N}\p{P} ]{1,1020}$/u);
}

function expectKindFaults(faults: readonly Fault[]): void {
  expect(faults.length).toBeGreaterThan(0);
  for (const { field, message } of faults) {
    expect(field).not.toBe('');
    expect(message).toMatch(/^\S.*\.$/su);
    expect(message).not.toMatch(/\p{Cc}/u);
  }
}

describe('every plan', () => {
  it('keeps within the limits of AWS, or is refused with faults that say where and why', () => {
    let plans = 0;
    fc.assert(
      fc.property(desiredStates, configurations, (input, config) => {
        const result = judgeDesiredState(input, config);
        plans += result.ok ? 1 : 0;
        if (result.ok) expectWithinAwsLimits(result.value.plan);
        else expectKindFaults(result.faults);
      }),
      { numRuns: 1000 },
    );

    expect(plans).toBeGreaterThan(50);
  });

  it('is the same for the same input, and survives being written down as JSON', () => {
    fc.assert(
      fc.property(desiredStates, configurations, (input, config) => {
        const first = judgeDesiredState(structuredClone(input), config);
        const second = judgeDesiredState(input, structuredClone(config));

        const plan = first.ok ? first.value.plan : null;

        expect(second).toEqual(first);
        expect(z.nullable(PlanSchema).parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
      }),
    );
  });

  it('changes neither the desired state nor the configuration', () => {
    fc.assert(
      fc.property(desiredStates, configurations, (input, config) => {
        const parsed = parseDesiredState(input);
        fc.pre(parsed.ok);
        const before = JSON.stringify([parsed.value, config]);
        planVending(parsed.value, config);

        expect(JSON.stringify([parsed.value, config])).toBe(before);
      }),
    );
  });
});

describe('every configuration', () => {
  it('is read or refused with faults, whatever JSON it is', () => {
    const files = fc.record({
      platform: fc.oneof(
        fc.jsonValue(),
        fc.jsonValue().map((value) => changed(platformJson, ['tenantTags', value])),
      ),
      zone: fc.oneof(
        fc.jsonValue(),
        fc.jsonValue().map((value) => changed(landingZoneJson, ['stackSets', value])),
      ),
    });
    fc.assert(
      fc.property(files, ({ platform, zone }) => {
        const parsed = parseConfiguration({ platform, landingZones: { 'zone.json': zone } });

        expect(parsed.ok || parsed.faults.length > 0).toBe(true);
      }),
    );
  });
});
