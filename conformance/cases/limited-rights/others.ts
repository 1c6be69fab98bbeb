import { answers, type CaseGroup, refuses, type ServiceName, type Step } from '../../case';
import { limited, may } from './role';

/** What is refused to a role that has a right to something else. */
const refusedWithout = (
  service: ServiceName,
  action: string,
  refusals: readonly (readonly [string, Step['input']])[],
): CaseGroup => ({
  service,
  cases: [
    limited(
      'a role without a right to it is refused',
      'IAM UserGuide reference_policies_evaluation-logic: implicit deny',
      [{ Action: action }],
      {
        steps: refusals.map(([call, input]) => refuses(`${service}:${call}`, input, 'AccessDeniedException')),
      },
    ),
  ],
});

const MONTH = {
  TimePeriod: { Start: '{{lastMonth}}', End: '{{thisMonth}}' },
  Granularity: 'MONTHLY',
  Metrics: ['AmortizedCost'],
};

const STORE = { IdentityStoreId: '{{store}}' };
const groupMade = (DisplayName: string, save: string): Step =>
  answers('identitystore:CreateGroup', { ...STORE, DisplayName }, {}, { save });
const groupGone = (save: string): Step =>
  answers('identitystore:DeleteGroup', { ...STORE, GroupId: `{{${save}.GroupId}}` });
const STORE_ARN = 'arn:{{partition}}:identitystore::{{management}}:identitystore/{{store}}';
const refusedGroup = (call: string, more: object = {}): Step =>
  refuses(call, { ...STORE, GroupId: '{{other.GroupId}}', ...more }, 'AccessDeniedException');

const ofOneGroup: CaseGroup = {
  service: 'identitystore',
  cases: [
    limited(
      'a right to one group is none to another, nor to users',
      'ServiceAuthorization list_identitystore: Group*, Identitystore*, GroupMembership*, User*',
      [
        {
          Action: 'identitystore:*',
          Resource: [
            STORE_ARN,
            'arn:{{partition}}:identitystore:::group/{{group.GroupId}}',
            'arn:{{partition}}:identitystore:::membership/*',
          ],
        },
      ],
      {
        before: [groupMade('{{unique}}', 'group'), groupMade('{{unique}}-b', 'other')],
        steps: [
          may('DescribeGroup', { ...STORE, GroupId: '{{group.GroupId}}' }, { DisplayName: '{{unique}}' }),
          may('ListGroupMemberships', { ...STORE, GroupId: '{{group.GroupId}}' }, { GroupMemberships: [] }),
          refusedGroup('DescribeGroup'),
          refusedGroup('ListGroupMemberships'),
          refusedGroup('DeleteGroup'),
          refusedGroup('CreateGroupMembership', { MemberId: { UserId: '{{noUuid}}' } }),
          refuses(
            'CreateGroupMembership',
            { ...STORE, GroupId: '{{group.GroupId}}', MemberId: { UserId: '{{noUuid}}' } },
            'AccessDeniedException',
          ),
          refuses('ListGroups', STORE, 'AccessDeniedException'),
          refuses('DescribeUser', { ...STORE, UserId: '{{noUuid}}' }, 'AccessDeniedException'),
          may('DeleteGroup', { ...STORE, GroupId: '{{group.GroupId}}' }),
        ],
        cleanup: [groupGone('group'), groupGone('other')],
      },
    ),
  ],
};

const ofOneLandingZone: CaseGroup = {
  service: 'controltower',
  cases: [
    limited(
      'a right to one landing zone and one baseline is none to others',
      'ServiceAuthorization list_awscontroltower: LandingZone*, EnabledBaseline*',
      [
        {
          Action: ['controltower:GetLandingZone', 'controltower:ResetEnabledBaseline'],
          Resource: ['{{landingZone}}', '{{landingZone}}/baseline'],
        },
      ],
      {
        before: [
          answers(
            'controltower:ListEnabledBaselines',
            { filter: { targetIdentifiers: ['{{registeredArn}}'] } },
            {},
            { save: 'found' },
          ),
        ],
        steps: [
          may(
            'GetLandingZone',
            { landingZoneIdentifier: '{{landingZone}}' },
            { landingZone: { arn: '{{landingZone}}' } },
          ),
          refuses('GetLandingZone', { landingZoneIdentifier: '{{landingZone}}0' }, 'AccessDeniedException'),
          refuses(
            'ResetEnabledBaseline',
            { enabledBaselineIdentifier: '{{found.enabledBaselines.0.arn}}' },
            'AccessDeniedException',
          ),
          refuses(
            'UpdateEnabledBaseline',
            { enabledBaselineIdentifier: '{{found.enabledBaselines.0.arn}}', baselineVersion: '5.0' },
            'AccessDeniedException',
          ),
          refuses('ListLandingZones', {}, 'AccessDeniedException'),
        ],
      },
    ),
  ],
};

const GLOBAL = { region: '{{globalRegion}}' };
const quota = (QuotaCode: string) => ({ ServiceCode: 'organizations', QuotaCode });

const ofOneQuota: CaseGroup = {
  service: 'service-quotas',
  cases: [
    limited(
      'a right to one quota is none to another',
      'ServiceAuthorization list_servicequotas: GetServiceQuota, quota*',
      [
        {
          Action: 'servicequotas:GetServiceQuota',
          Resource: 'arn:{{partition}}:servicequotas:*:{{management}}:organizations/L-E619E033',
        },
      ],
      {
        steps: [
          answers(
            'GetServiceQuota',
            quota('L-E619E033'),
            { Quota: { QuotaCode: 'L-E619E033' } },
            { ...GLOBAL, within: 120 },
          ),
          refuses('GetServiceQuota', quota('L-00000000'), 'AccessDeniedException', GLOBAL),
          refuses('GetAWSDefaultServiceQuota', quota('L-E619E033'), 'AccessDeniedException', GLOBAL),
        ],
      },
    ),
  ],
};

/** What a role is refused that has a right to something else. */
export const limitedElsewhere: readonly CaseGroup[] = [
  ofOneGroup,
  ofOneLandingZone,
  ofOneQuota,
  refusedWithout('ce', 'ce:GetDimensionValues', [['GetCostAndUsage', MONTH]]),
  refusedWithout('identitystore', 'identitystore:ListUsers', [
    ['ListGroups', { IdentityStoreId: '{{store}}' }],
    ['DescribeUser', { IdentityStoreId: '{{store}}', UserId: '{{noUuid}}' }],
    ['CreateGroup', { IdentityStoreId: '{{store}}', DisplayName: '{{unique}}' }],
  ]),
  refusedWithout('controltower', 'controltower:ListBaselines', [
    ['ListLandingZones', {}],
    ['ListEnabledBaselines', {}],
    ['GetLandingZone', { landingZoneIdentifier: '{{landingZone}}' }],
  ]),
];
