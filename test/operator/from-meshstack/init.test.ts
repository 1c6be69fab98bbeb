import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { accountVending } from '../../../command/run';
import { readConfiguration } from '../../../infra/config';
import { screenOf } from '../../../operator/screen';
import { type Change, changed } from '../../functions/domain/examples';

const UUID = '5b0c1b1e-0000-4000-8000-000000000002';
const permissionSet = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-ad00000000000001';
const login = {
  organizationRootAccountRole: 'arn:aws:iam::222222222222:role/MeshfedServiceRole',
  organizationRootAccountExternalId: 'external-id-of-meshstack',
  auth: { type: 'credential', credential: { accessKey: 'the-access-key', secretKey: { hash: 'the-hash' } } },
};

/** As meshStack's API answers it to a key that may manage the platform. */
const platform = {
  apiVersion: 'v2',
  kind: 'meshPlatform',
  metadata: { name: 'aws', ownedByWorkspace: 'platform-team', uuid: UUID },
  spec: {
    displayName: 'AWS',
    locationRef: { kind: 'meshLocation', name: 'eu' },
    config: {
      type: 'aws',
      aws: {
        region: 'eu-central-1',
        replication: {
          accessConfig: login,
          waitForExternalAvm: false,
          automationAccountRole: 'arn:aws:iam::333333333333:role/MeshfedAutomationRole',
          automationAccountExternalId: 'another-external-id',
          accountAccessRole: 'MeshstackAccountAccessRole',
          accountAliasPattern: 'corp-#{workspaceIdentifier}-#{projectIdentifier}',
          enforceAccountAlias: false,
          accountEmailPattern:
            'aws+#{workspaceIdentifier}.#{projectIdentifier:%.24s}.#{tenantPlatformNumber}@corp.example',
          tenantTags: {
            namespacePrefix: 'meshstack_',
            tagMappers: [{ key: 'project', valuePattern: '${projectIdentifier}' }],
          },
          awsSso: null,
          awsIdentityStore: {
            identityStoreId: 'd-1234567890',
            arn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
            groupNamePattern: '#{workspaceIdentifier}.#{projectIdentifier}-#{platformGroupAlias}',
            signInUrl: 'https://d-1234567890.awsapps.com/start',
            awsRoleMappings: [
              {
                projectRoleRef: { kind: 'meshProjectRole', name: 'admin' },
                awsRole: 'admin',
                permissionSetArns: [permissionSet],
              },
            ],
          },
          enrollmentConfiguration: null as unknown,
          selfDowngradeAccessRole: false,
          skipUserGroupPermissionCleanup: false,
          allowHierarchicalOrganizationalUnitAssignment: true,
        },
        metering: {
          accessConfig: login,
          filter: 'NONE',
          reservedInstanceFairChargeback: true,
          savingsPlanFairChargeback: false,
          processing: { compactTimelinesAfterDays: 30, deleteRawDataAfterDays: 65 },
        },
      },
    },
    quotaDefinitions: [],
  },
};

const landingZone = {
  kind: 'meshLandingZone',
  metadata: { name: 'aws-dev', ownedByWorkspace: 'platform-team', tags: {} },
  spec: {
    displayName: 'Development',
    description: 'For development.',
    automateDeletionApproval: true,
    automateDeletionReplication: true,
    platformRef: { kind: 'meshPlatform', uuid: UUID },
    platformProperties: {
      type: 'aws',
      aws: {
        awsTargetOrgUnitId: 'ou-ab12-cdefgh34',
        awsEnrollAccount: false,
        awsLambdaArn: null,
        awsRoleMappings: [
          {
            projectRoleRef: { kind: 'meshProjectRole', name: 'admin' },
            platformRole: 'administrator',
            policies: [permissionSet],
          },
        ],
      },
    },
    quotas: [],
    mandatoryBuildingBlockRefs: [{ kind: 'meshBuildingBlockDefinition', uuid: UUID }],
  },
};

interface Said {
  readonly exitCode: number;
  readonly text: string;
  readonly left: readonly { readonly field: string; readonly why: string }[];
  readonly faults: readonly { readonly field: string }[];
}

describe('account-vending init --from-meshstack', () => {
  let folder: string;
  let to: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'from-meshstack-'));
    to = path.join(folder, 'config');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const initFrom = async (contents: readonly unknown[], ...options: readonly string[]): Promise<Said> => {
    const files = contents.map((content, index) => {
      const file = path.join(folder, `${index}.json`);
      writeFileSync(file, JSON.stringify(content));
      return ['--from-meshstack', file];
    });
    let text = '';
    const exitCode = await accountVending(['init', ...files.flat(), '--folder', to, ...options], {
      print: (said) => {
        text += said;
      },
      notify: () => undefined,
      pause: () => Promise.resolve(),
      now: () => new Date(),
      screen: screenOf({}),
    });
    const report = (options.includes('--json') ? JSON.parse(text) : { left: [], faults: [] }) as Pick<
      Said,
      'left' | 'faults'
    >;
    return { exitCode, text, ...report };
  };

  const written = (): ReturnType<typeof readConfiguration> =>
    readConfiguration(path.join(to, 'platform.json'), path.join(to, 'landing-zones'));

  const ofPlatform = (...changes: readonly Change[]): unknown =>
    changed(platform, ...changes.map(([field, value]): Change => [`spec.config.aws.${field}`, value]));

  it('writes a configuration that can be deployed, with the values of meshStack', async () => {
    const { exitCode, faults } = await initFrom(
      [{ _embedded: { meshPlatforms: [platform] } }, [landingZone]],
      '--json',
    );

    expect(faults).toEqual([]);
    expect(exitCode).toBe(0);
    expect(written()).toMatchObject({
      ok: true,
      value: {
        platform: {
          region: 'eu-central-1',
          accessConfig: { organizationRootAccountRole: login.organizationRootAccountRole },
          enforceAccountAlias: false,
          tenantTags: { namespacePrefix: 'meshstack_', tagMappers: [{ key: 'project' }] },
          awsIdentityStore: { identityStoreId: 'd-1234567890', awsRoleMappings: [{ awsRole: 'admin' }] },
          selfDowngradeAccessRole: false,
          allowHierarchicalOrganizationalUnitAssignment: true,
          metering: {
            filter: 'NONE',
            reservedInstanceFairChargeback: true,
            processing: { deleteRawDataAfterDays: 65 },
          },
        },
        landingZones: {
          'aws-dev': {
            awsTargetOrgUnitId: 'ou-ab12-cdefgh34',
            closeAccount: false,
            awsRoleMappings: [{ awsRole: 'administrator', permissionSetArns: [permissionSet] }],
          },
        },
      },
    });
  });

  it('lists what has no counterpart, with the reason, and never a secret', async () => {
    const { text, left } = await initFrom([platform, landingZone], '--json');

    expect(left.map(({ field }) => field).toSorted()).toEqual(
      [
        'replication.accessConfig.auth',
        'replication.accessConfig.organizationRootAccountExternalId',
        'replication.automationAccountExternalId',
        'metering.accessConfig',
        'metering.processing.compactTimelinesAfterDays',
      ]
        .map((field) => `platform aws: ${field}`)
        .concat(
          [
            'displayName',
            'description',
            'automateDeletionApproval',
            'automateDeletionReplication',
            'quotas',
            'platformRef',
            'platformProperties.type',
            'mandatoryBuildingBlockRefs',
          ].map((field) => `landing zone aws-dev: ${field}`),
        )
        .toSorted(),
    );
    expect(left.every(({ why }) => why !== '')).toBe(true);
    for (const secret of ['the-access-key', 'the-hash', 'external-id-of-meshstack', 'another-external-id']) {
      expect(text).not.toContain(secret);
      expect(readFileSync(path.join(to, 'platform.json'), 'utf8')).not.toContain(secret);
    }
  });

  it('says it in sentences, and where to go on', async () => {
    const { text } = await initFrom([platform, landingZone]);

    expect(text).toContain('platform aws: replication.accessConfig.auth: functions have roles of their own');
    expect(text).toContain('landing zone aws-dev: automateDeletionReplication: whether accounts are closed is decided');
    expect(text).toContain(`platformIdentifier aws.eu and platformUuid ${UUID}`);
    expect(text).toContain('docs/moving-from-meshstack.md');
  });

  it.each<[what: string, changes: readonly Change[], field: RegExp]>([
    [
      'the first user of the Account Factory',
      [
        [
          'replication.enrollmentConfiguration',
          { managementAccountId: '222222222222', accountFactoryProductId: 'prod-abcdefghijklm' },
        ],
      ],
      /enrollmentConfiguration\.ssoUser$/u,
    ],
    [
      'the secret of the SCIM token',
      [
        ['replication.awsIdentityStore', null],
        [
          'replication.awsSso',
          {
            scimEndpoint: 'https://scim.eu-central-1.amazonaws.com/id/scim/v2/',
            ssoAccessToken: { hash: 'h' },
            arn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
            groupNamePattern: '#{projectIdentifier}-#{platformGroupAlias}',
            signInUrl: 'https://d-1234567890.awsapps.com/start',
            // As API v1 has them.
            roleMappings: { admin: { awsRoleName: 'admin', permissionSetArns: [permissionSet] } },
          },
        ],
      ],
      /awsSso\.ssoAccessToken$/u,
    ],
  ])('names what is to be filled in, and nothing else: %s', async (_, changes, field) => {
    const { exitCode, faults } = await initFrom([ofPlatform(...changes), landingZone], '--json');

    expect(exitCode).toBe(1);
    expect(faults.map((fault) => fault.field)).toEqual([expect.stringMatching(field)]);
  });

  it('lists fields that it does not know, and landing zones of other platforms', async () => {
    const elsewhere = changed(
      landingZone,
      ['metadata.name', 'azure-dev'],
      ['spec.platformRef.uuid', '5b0c1b1e-0000-4000-8000-0000000000ff'],
    );
    const { left } = await initFrom(
      [ofPlatform(['replication.newIn2027', { on: true }]), landingZone, elsewhere],
      '--json',
    );

    expect(left).toContainEqual({
      field: 'platform aws: replication.newIn2027.on',
      why: expect.stringContaining('not known here') as string,
    });
    expect(left).toContainEqual({ field: 'landing zone azure-dev', why: 'is one of another platform' });
    expect(existsSync(path.join(to, 'landing-zones', 'azure-dev.json'))).toBe(false);
  });

  it('leaves a landing zone without a unit as it is: meshStack makes a unit for each workspace', async () => {
    const { faults } = await initFrom(
      [platform, changed(landingZone, ['spec.platformProperties.aws.awsTargetOrgUnitId', null])],
      '--json',
    );
    expect(faults.map(({ field }) => field).join()).toMatch(/workspaceOrgUnits|awsTargetOrgUnitId/u);
  });

  it.each<[what: string, contents: readonly unknown[], options: readonly string[], said: RegExp]>([
    ['a platform without replication', [ofPlatform(['replication', undefined])], [], /no block replication/u],
    [
      'a platform whose configuration is hidden',
      [changed(platform, ['spec.config', undefined])],
      [],
      /leaves the configuration out/u,
    ],
    ['something else', [{ kind: 'meshProject', metadata: { name: 'x' }, spec: {} }], [], /neither a meshPlatform/u],
    [
      'two platforms',
      [[platform, changed(platform, ['metadata.name', 'aws-2'])]],
      [],
      /several AWS platforms: aws, aws-2/u,
    ],
    ['another name', [platform], ['--platform', 'gcp'], /no AWS platform gcp/u],
    ['one landing zone twice', [platform, landingZone, landingZone], [], /two landing zones aws-dev/u],
    [
      'a name that is a path',
      [platform, changed(landingZone, ['metadata.name', '../../x'])],
      [],
      /which no file may be/u,
    ],
    ['an option of another source', [platform], ['--force'], /--force goes with --discover/u],
  ])('writes nothing from %s', async (_, contents, options, said) => {
    await expect(initFrom(contents, ...options)).rejects.toThrow(said);
    expect(existsSync(to)).toBe(false);
  });

  it('overwrites nothing, and asks for a file', async () => {
    await initFrom([platform, landingZone]);
    const before = readFileSync(path.join(to, 'platform.json'), 'utf8');
    await expect(initFrom([ofPlatform(['region', 'eu-west-1'])])).rejects.toThrow('is there already');
    expect(readFileSync(path.join(to, 'platform.json'), 'utf8')).toBe(before);
    await expect(initFrom([])).rejects.toThrow('Neither --discover nor --from-meshstack is given');
  });
});
