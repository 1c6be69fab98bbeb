import { answers, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, text, type Pattern } from '../pattern';

/** A unit whose tags change. */
const MADE = answers('CreateOrganizationalUnit', { ParentId: '{{unit}}', Name: '{{unique}}' }, {}, { save: 'made' });
const ONE = '{{made.OrganizationalUnit.Id}}';
const GONE = [answers('DeleteOrganizationalUnit', { OrganizationalUnitId: ONE })];

type Tags = readonly { readonly Key: string; readonly Value: string }[];

const tagged = (Tags: Tags, ResourceId = ONE): Step => answers('TagResource', { ResourceId, Tags });
const untagged = (TagKeys: readonly string[], ResourceId = ONE): Step =>
  answers('UntagResource', { ResourceId, TagKeys });
const has = (Tags: Pattern, ResourceId = ONE): Step => answers('ListTagsForResource', { ResourceId }, { Tags });

const tags = (from: number, to: number): Tags =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ Key: `key${from + index}`, Value: String(index) }));

/** All or nothing: with one wrong tag, none is set. */
const refused = (what: string, wrong: Tags, Reason: string, error = 'InvalidInputException'): ConformanceCase => ({
  name: `tags are refused for ${what}, all of them`,
  evidence: 'API_TagResource; orgs_tagging',
  steps: [
    MADE,
    refuses('TagResource', { ResourceId: ONE, Tags: [{ Key: 'right', Value: 'yes' }, ...wrong] }, error, {
      members: { Reason },
    }),
    has(count(0)),
  ],
  cleanup: GONE,
});

/** What is said of a target that is not there. */
const unknownTarget = (call: string, more = {}): ConformanceCase => ({
  name: `${call} needs a target that is there`,
  evidence: `API_${call}: TargetNotFoundException`,
  steps: [
    refuses(call, { ResourceId: '{{noAccount}}', ...more }, 'TargetNotFoundException'),
    refuses(call, { ResourceId: '{{noUnit}}', ...more }, 'TargetNotFoundException'),
  ],
});

const onResource = (what: string, ResourceId: string): ConformanceCase => ({
  name: `${what} has tags`,
  evidence: 'API_TagResource: ResourceId',
  steps: [
    tagged([{ Key: '{{unique}}', Value: 'one' }], ResourceId),
    has(includes({ Key: '{{unique}}', Value: 'one' }), ResourceId),
    untagged(['{{unique}}'], ResourceId),
    has(excludes({ Key: '{{unique}}' }), ResourceId),
  ],
  cleanup: [untagged(['{{unique}}'], ResourceId)],
});

export const organizationTags: CaseGroup = {
  service: 'organizations',
  cases: [
    onResource('an account', '{{member}}'),
    onResource('a unit', '{{unit}}'),
    onResource('the root', '{{root}}'),
    {
      name: 'a tag of a key that is there replaces its value',
      evidence: 'API_TagResource: overwrites',
      steps: [
        MADE,
        tagged([{ Key: 'project', Value: 'shop' }]),
        tagged([{ Key: 'project', Value: 'bank' }]),
        has([{ Key: 'project', Value: 'bank' }]),
      ],
      cleanup: GONE,
    },
    {
      name: 'tags that are not named stay',
      evidence: 'API_TagResource: adds tags',
      steps: [
        MADE,
        tagged([{ Key: 'one', Value: '1' }]),
        tagged([{ Key: 'two', Value: '2' }]),
        has(includes({ Key: 'one', Value: '1' }, { Key: 'two', Value: '2' })),
      ],
      cleanup: GONE,
    },
    {
      name: 'keys are told apart by their case',
      evidence: 'orgs_tagging: keys are case sensitive',
      steps: [
        MADE,
        tagged([
          { Key: 'project', Value: 'a' },
          { Key: 'Project', Value: 'b' },
        ]),
        has(includes({ Key: 'project', Value: 'a' }, { Key: 'Project', Value: 'b' })),
      ],
      cleanup: GONE,
    },
    {
      name: 'a value may be empty',
      evidence: 'API_Tag: Value, 0 to 256 characters',
      steps: [MADE, tagged([{ Key: 'empty', Value: '' }]), has([{ Key: 'empty', Value: '' }])],
      cleanup: GONE,
    },
    {
      name: 'a value may have 256 characters',
      evidence: 'API_Tag: Value, 0 to 256 characters',
      steps: [MADE, tagged([{ Key: 'long', Value: 'v'.repeat(256) }]), has([{ Key: 'long', Value: 'v'.repeat(256) }])],
      cleanup: GONE,
    },
    {
      name: 'tags have letters of any script, digits, blanks and some signs',
      evidence: 'orgs_tagging: allowed characters',
      steps: [
        MADE,
        tagged([{ Key: 'Straße _.:/=+-@', Value: 'Zürich 日本' }]),
        has([{ Key: 'Straße _.:/=+-@', Value: 'Zürich 日本' }]),
      ],
      cleanup: GONE,
    },
    {
      name: 'a resource has fifty tags, and no more',
      evidence: 'orgs_tagging: 50 tags; ConstraintViolationException, MAX_TAG_LIMIT_EXCEEDED',
      steps: [
        MADE,
        tagged(tags(1, 50)),
        has(count(50)),
        refuses('TagResource', { ResourceId: ONE, Tags: tags(51, 51) }, 'ConstraintViolationException', {
          members: { Reason: 'MAX_TAG_LIMIT_EXCEEDED' },
        }),
        tagged([{ Key: 'key1', Value: 'other' }]),
        has(includes({ Key: 'key1', Value: 'other' })),
      ],
      cleanup: GONE,
    },
    {
      name: 'all tags of a resource come in one page',
      evidence: 'API_ListTagsForResource',
      steps: [
        MADE,
        tagged(tags(1, 50)),
        answers('ListTagsForResource', { ResourceId: ONE }, { Tags: count(50), NextToken: absent }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a tag that is not there can be removed',
      evidence: 'API_UntagResource: no error is listed for it',
      steps: [MADE, untagged(['nothing']), has(count(0))],
      cleanup: GONE,
    },
    {
      name: 'one tag is removed, the others stay',
      evidence: 'API_UntagResource',
      steps: [
        MADE,
        tagged(tags(1, 3)),
        untagged(['key2']),
        has(includes({ Key: 'key1' }, { Key: 'key3' })),
        has(excludes({ Key: 'key2' })),
      ],
      cleanup: GONE,
    },
    refused('a key of AWS', [{ Key: 'aws:project', Value: 'shop' }], 'INVALID_SYSTEM_TAGS_PARAMETER'),
    refused(
      'a key of AWS in capital letters',
      [{ Key: 'AWS:project', Value: 'shop' }],
      'INVALID_SYSTEM_TAGS_PARAMETER',
    ),
    refused(
      'a key that comes twice',
      [
        { Key: 'twice', Value: '1' },
        { Key: 'twice', Value: '2' },
      ],
      'DUPLICATE_TAG_KEY',
    ),
    refused('an empty key', [{ Key: '', Value: 'v' }], 'MIN_LENGTH_EXCEEDED'),
    refused('a key of 129 characters', [{ Key: 'k'.repeat(129), Value: 'v' }], 'MAX_LENGTH_EXCEEDED'),
    refused('a value of 257 characters', [{ Key: 'k', Value: 'v'.repeat(257) }], 'MAX_LENGTH_EXCEEDED'),
    refused('a sign that is not allowed', [{ Key: 'k', Value: 'a#b' }], 'INVALID_PATTERN'),
    refused('fifty-one tags at once', tags(1, 50), 'MAX_TAG_LIMIT_EXCEEDED', 'ConstraintViolationException'),
    unknownTarget('TagResource', { Tags: [{ Key: 'k', Value: 'v' }] }),
    unknownTarget('UntagResource', { TagKeys: ['k'] }),
    unknownTarget('ListTagsForResource'),
    {
      name: 'what is no id of a resource has no tags',
      evidence: 'API_ListTagsForResource: InvalidInputException',
      steps: [refuses('ListTagsForResource', { ResourceId: 'nothing' }, 'InvalidInputException')],
    },
  ],
};

const POLICY = 'SERVICE_CONTROL_POLICY';

export const organizationItself: CaseGroup = {
  service: 'organizations',
  cases: [
    {
      name: 'the organization names its management account',
      evidence: 'API_DescribeOrganization',
      steps: [
        answers(
          'DescribeOrganization',
          {},
          {
            Organization: {
              Id: matches(/^o-[a-z0-9]{10,32}$/u),
              Arn: text,
              FeatureSet: 'ALL',
              AvailablePolicyTypes: includes({ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }),
              MasterAccountId: '{{management}}',
              MasterAccountArn: text,
              MasterAccountEmail: matches(/@/u),
            },
          },
        ),
      ],
    },
    {
      name: 'there is one root',
      evidence: 'API_ListRoots',
      steps: [
        answers(
          'ListRoots',
          {},
          {
            Roots: [
              {
                Id: matches(/^r-[0-9a-z]{4,32}$/u),
                Arn: text,
                Name: 'Root',
                PolicyTypes: includes({ Type: POLICY, Status: 'ENABLED' }),
              },
            ],
            NextToken: absent,
          },
        ),
      ],
    },
    {
      name: 'a member asks for the organization, and is told',
      evidence: 'API_DescribeOrganization: any account of the organization',
      steps: [
        answers(
          'DescribeOrganization',
          {},
          { Organization: { Id: '{{organization}}', MasterAccountId: '{{management}}' } },
          {
            as: 'member',
          },
        ),
      ],
    },
    ...(
      [
        ['ListAccounts', {}],
        ['ListRoots', {}],
        ['DescribeAccount', { AccountId: '{{member}}' }],
        ['ListTagsForResource', { ResourceId: '{{member}}' }],
        ['CreateOrganizationalUnit', { ParentId: '{{root}}', Name: '{{unique}}' }],
        ['CloseAccount', { AccountId: '{{member}}' }],
      ] as const
    ).map(([call, input]) => ({
      name: `a member may not ${call}`,
      evidence: `API_${call}: the management account or a delegated administrator`,
      steps: [refuses(call, input, 'AccessDeniedException', { as: 'member' })],
    })),
    {
      name: 'FullAWSAccess is attached to the root',
      evidence: 'orgs_manage_policies_scps_evaluation: FullAWSAccess',
      steps: [
        answers(
          'ListPoliciesForTarget',
          { TargetId: '{{root}}', Filter: POLICY },
          {
            Policies: includes({ Id: 'p-FullAWSAccess', Name: 'FullAWSAccess', Type: POLICY, AwsManaged: true }),
          },
        ),
        answers(
          'DescribePolicy',
          { PolicyId: 'p-FullAWSAccess' },
          {
            Policy: { PolicySummary: { Id: 'p-FullAWSAccess', AwsManaged: true }, Content: matches(/"Allow"/u) },
          },
        ),
      ],
    },
    {
      name: 'FullAWSAccess is attached to a new unit, and to an account',
      evidence: 'orgs_manage_policies_scps_evaluation: FullAWSAccess',
      steps: [
        answers('CreateOrganizationalUnit', { ParentId: '{{unit}}', Name: '{{unique}}' }, {}, { save: 'made' }),
        answers(
          'ListPoliciesForTarget',
          { TargetId: ONE, Filter: POLICY },
          { Policies: includes({ Id: 'p-FullAWSAccess' }) },
        ),
        answers(
          'ListPoliciesForTarget',
          { TargetId: '{{member}}', Filter: POLICY },
          {
            Policies: includes({ Id: 'p-FullAWSAccess' }),
          },
        ),
      ],
      cleanup: GONE,
    },
    {
      name: 'policies are those of a target that is there',
      evidence: 'API_ListPoliciesForTarget: TargetNotFoundException',
      steps: [
        refuses('ListPoliciesForTarget', { TargetId: '{{noUnit}}', Filter: POLICY }, 'TargetNotFoundException'),
        refuses('ListPoliciesForTarget', { TargetId: '{{noAccount}}', Filter: POLICY }, 'TargetNotFoundException'),
      ],
    },
    {
      name: 'policies have a known type',
      evidence: 'API_ListPoliciesForTarget: Filter',
      steps: [
        refuses('ListPoliciesForTarget', { TargetId: '{{root}}', Filter: 'NO_POLICY' }, 'InvalidInputException', {
          members: { Reason: 'INVALID_ENUM' },
        }),
      ],
    },
    {
      name: 'a policy that is not there is not described',
      evidence: 'API_DescribePolicy: PolicyNotFoundException',
      steps: [refuses('DescribePolicy', { PolicyId: 'p-00000000' }, 'PolicyNotFoundException')],
    },
    {
      name: 'what is no id of a policy is not described',
      evidence: 'API_DescribePolicy: InvalidInputException',
      steps: [refuses('DescribePolicy', { PolicyId: 'policy' }, 'InvalidInputException')],
    },
    {
      name: 'delegated administrators come in pages of 20 at most',
      evidence: 'API_ListDelegatedAdministrators: MaxResults',
      steps: [
        answers('ListDelegatedAdministrators', { MaxResults: 20 }),
        refuses('ListDelegatedAdministrators', { MaxResults: 21 }, 'InvalidInputException', {
          members: { Reason: 'MAX_VALUE_EXCEEDED' },
        }),
      ],
    },
    {
      name: 'services with trusted access have the time since when',
      evidence: 'API_ListAWSServiceAccessForOrganization',
      steps: [answers('ListAWSServiceAccessForOrganization', {}, { EnabledServicePrincipals: { $is: 'list' } })],
    },
    {
      name: 'an account of the organization is not invited',
      evidence: 'API_InviteAccountToOrganization: ALREADY_IN_AN_ORGANIZATION',
      steps: [
        answers('DescribeAccount', { AccountId: '{{member}}' }, { Account: { JoinedMethod: 'CREATED' } }),
        refuses('InviteAccountToOrganization', { Target: { Id: '{{member}}', Type: 'ACCOUNT' } }, [
          'HandshakeConstraintViolationException',
          'DuplicateHandshakeException',
        ]),
        answers('DescribeAccount', { AccountId: '{{member}}' }, { Account: { JoinedMethod: 'CREATED' } }),
      ],
    },
    {
      name: 'an organization is not invited',
      evidence: 'API_InviteAccountToOrganization: INVALID_PARTY_TYPE_TARGET',
      steps: [
        refuses(
          'InviteAccountToOrganization',
          { Target: { Id: '{{organization}}', Type: 'ORGANIZATION' } },
          'InvalidInputException',
          { members: { Reason: 'INVALID_PARTY_TYPE_TARGET' } },
        ),
      ],
    },
    {
      name: 'what is no account id is not invited',
      evidence: 'API_InviteAccountToOrganization: INVALID_PATTERN',
      steps: [
        refuses('InviteAccountToOrganization', { Target: { Id: '12345', Type: 'ACCOUNT' } }, 'InvalidInputException', {
          members: { Reason: 'INVALID_PATTERN' },
        }),
      ],
    },
    {
      name: 'an invitation that is not there is not accepted',
      evidence: 'API_AcceptHandshake: HandshakeNotFoundException',
      steps: [refuses('AcceptHandshake', { HandshakeId: `h-${'0'.repeat(32)}` }, 'HandshakeNotFoundException')],
    },
  ],
};
