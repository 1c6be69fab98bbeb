import { answers, asRole, type CaseGroup, type ConformanceCase, refuses, type Step } from '../../case';
import { refusedByOrganizations, UNIT } from './organizations';
import { limited, may } from './role';

const tagged = (ResourceId: string, Value = 'shop', Key = 'project'): Step['input'] => ({
  ResourceId,
  Tags: [{ Key, Value }],
});
const untagged = (ResourceId: string): Step =>
  answers('organizations:UntagResource', { ResourceId, TagKeys: ['project', 'other'] });

/** Of an address that is taken, so that no account is made. */
const TAKEN = { AccountName: '{{unique}}', Email: '{{managementEmail}}' };

const tags: readonly ConformanceCase[] = [
  limited(
    'a right to tag can be one to a value and a key',
    'orgs_tagging_abac: aws:RequestTag, aws:TagKeys',
    [
      {
        Action: 'organizations:TagResource',
        Resource: UNIT,
        Condition: {
          StringEquals: { 'aws:RequestTag/project': 'shop' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['project'] },
        },
      },
      {
        Action: 'organizations:UntagResource',
        Resource: UNIT,
        Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['project'] } },
      },
    ],
    {
      steps: [
        may('TagResource', tagged('{{unit}}')),
        refusedByOrganizations('TagResource', tagged('{{unit}}', 'other')),
        refusedByOrganizations('TagResource', tagged('{{unit}}', 'shop', 'other')),
        refusedByOrganizations('TagResource', tagged('{{member}}')),
        refusedByOrganizations('UntagResource', { ResourceId: '{{unit}}', TagKeys: ['other'] }),
        may('UntagResource', { ResourceId: '{{unit}}', TagKeys: ['project'] }),
      ],
      cleanup: [untagged('{{unit}}'), untagged('{{member}}')],
    },
  ),
  limited(
    'an account is made with tags only with the right to tag',
    'API_CreateAccount: Tags, organizations:TagResource',
    [{ Action: 'organizations:CreateAccount' }],
    {
      steps: [
        // An address that is taken, so that no account is made.
        may('CreateAccount', { AccountName: '{{unique}}', Email: '{{managementEmail}}' }, {}, 'accepted'),
        refusedByOrganizations('CreateAccount', {
          AccountName: '{{unique}}',
          Email: '{{managementEmail}}',
          Tags: [{ Key: 'project', Value: 'shop' }],
        }),
        refusedByOrganizations('DescribeCreateAccountStatus', {
          CreateAccountRequestId: '{{accepted.CreateAccountStatus.Id}}',
        }),
      ],
      after: [
        answers(
          'DescribeCreateAccountStatus',
          { CreateAccountRequestId: '{{accepted.CreateAccountStatus.Id}}' },
          { CreateAccountStatus: { State: 'FAILED' } },
          { within: 600 },
        ),
      ],
    },
  ),
  limited(
    'an account is made with the tags that the caller may set, and with no others',
    'orgs_tagging_abac: aws:RequestTag, aws:TagKeys; API_CreateAccount: Tags',
    [
      { Action: 'organizations:CreateAccount' },
      {
        Action: 'organizations:TagResource',
        Condition: {
          StringEquals: { 'aws:RequestTag/project': 'shop' },
          'ForAllValues:StringEquals': { 'aws:TagKeys': ['project'] },
        },
      },
    ],
    {
      steps: [
        may('CreateAccount', { ...TAKEN, Tags: [{ Key: 'project', Value: 'shop' }] }, {}, 'accepted'),
        refusedByOrganizations('CreateAccount', { ...TAKEN, Tags: [{ Key: 'project', Value: 'other' }] }),
        refusedByOrganizations('CreateAccount', {
          ...TAKEN,
          Tags: [
            { Key: 'project', Value: 'shop' },
            { Key: 'other', Value: 'shop' },
          ],
        }),
      ],
      after: [
        answers(
          'DescribeCreateAccountStatus',
          { CreateAccountRequestId: '{{accepted.CreateAccountStatus.Id}}' },
          { CreateAccountStatus: { State: 'FAILED' } },
          { within: 600 },
        ),
      ],
    },
  ),
  limited(
    'a right to close accounts can be one to those with a tag alone',
    'ServiceAuthorization list_awsorganizations: CloseAccount, aws:ResourceTag; orgs_tagging_abac',
    [
      {
        Action: 'organizations:CloseAccount',
        Condition: { StringEquals: { 'aws:ResourceTag/project': '{{unique}}' } },
      },
    ],
    {
      before: [
        answers('TagResource', { ResourceId: '{{management}}', Tags: [{ Key: 'project', Value: '{{unique}}' }] }),
      ],
      steps: [
        // It may, and the management account is closed by nobody.
        refuses('CloseAccount', { AccountId: '{{management}}' }, 'ConstraintViolationException', { within: 120 }),
        refusedByOrganizations('CloseAccount', { AccountId: '{{member}}' }),
        refusedByOrganizations('CloseAccount', { AccountId: '{{noAccount}}' }),
      ],
      after: [
        answers('UntagResource', { ResourceId: '{{management}}', TagKeys: ['project'] }),
        ...asRole([refuses('CloseAccount', { AccountId: '{{management}}' }, 'AccessDeniedException', { within: 120 })]),
      ],
      cleanup: [answers('UntagResource', { ResourceId: '{{management}}', TagKeys: ['project'] })],
    },
  ),
  limited(
    'a unit is made with the tags that the caller may set, and with no others',
    'API_CreateOrganizationalUnit: Tags, organizations:TagResource; orgs_tagging_abac: aws:RequestTag',
    [
      { Action: 'organizations:CreateOrganizationalUnit' },
      { Action: 'organizations:TagResource', Condition: { StringEquals: { 'aws:RequestTag/project': 'shop' } } },
    ],
    {
      steps: [
        may(
          'CreateOrganizationalUnit',
          { ParentId: '{{unit}}', Name: '{{unique}}', Tags: [{ Key: 'project', Value: 'shop' }] },
          {},
          'one',
        ),
        refusedByOrganizations('CreateOrganizationalUnit', {
          ParentId: '{{unit}}',
          Name: '{{unique}}-b',
          Tags: [{ Key: 'project', Value: 'other' }],
        }),
        refusedByOrganizations('ListTagsForResource', { ResourceId: '{{one.OrganizationalUnit.Id}}' }),
      ],
      after: [
        answers(
          'ListTagsForResource',
          { ResourceId: '{{one.OrganizationalUnit.Id}}' },
          { Tags: [{ Key: 'project', Value: 'shop' }] },
        ),
      ],
      cleanup: [answers('DeleteOrganizationalUnit', { OrganizationalUnitId: '{{one.OrganizationalUnit.Id}}' })],
    },
  ),
];

/** Rights that hang on tags, in Organizations. */
export const limitedByTags: CaseGroup = { service: 'organizations', cases: tags };
