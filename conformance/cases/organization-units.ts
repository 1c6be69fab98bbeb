import { answers, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, text } from '../pattern';

/** A unit below the run's own, by the name under which its answer is saved. */
const made = (save: string, parent = '{{unit}}', name = `{{unique}}-${save}`): Step =>
  answers(
    'CreateOrganizationalUnit',
    { ParentId: parent, Name: name },
    { OrganizationalUnit: { Name: name } },
    { save },
  );

const idOf = (save: string): string => `{{${save}.OrganizationalUnit.Id}}`;

const gone = (...saved: readonly string[]): readonly Step[] =>
  saved.map((save) => answers('DeleteOrganizationalUnit', { OrganizationalUnitId: idOf(save) }));

const described = (id: string, unit = {}): Step =>
  answers('DescribeOrganizationalUnit', { OrganizationalUnitId: id }, { OrganizationalUnit: { Id: id, ...unit } });

const refused = (what: string, ParentId: string, Name: string, error: string): ConformanceCase => ({
  name: `a unit is refused for ${what}, and none is made`,
  evidence: 'API_CreateOrganizationalUnit',
  steps: [
    answers('ListOrganizationalUnitsForParent', { ParentId: '{{unit}}' }),
    refuses('CreateOrganizationalUnit', { ParentId, Name }, error),
    answers(
      'ListOrganizationalUnitsForParent',
      { ParentId: '{{unit}}' },
      {
        OrganizationalUnits: excludes({ Name }),
      },
    ),
  ],
});

export const organizationUnits: CaseGroup = {
  service: 'organizations',
  cases: [
    {
      name: 'a new unit has an id, an ARN and its name',
      evidence: 'API_CreateOrganizationalUnit',
      steps: [
        answers(
          'CreateOrganizationalUnit',
          { ParentId: '{{unit}}', Name: '{{unique}}-one' },
          {
            OrganizationalUnit: {
              Id: matches(/^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$/u),
              Arn: text,
              Name: '{{unique}}-one',
            },
          },
          { save: 'one' },
        ),
        described(idOf('one'), { Name: '{{unique}}-one', Arn: '{{one.OrganizationalUnit.Arn}}' }),
        answers(
          'ListOrganizationalUnitsForParent',
          { ParentId: '{{unit}}' },
          {
            OrganizationalUnits: includes({ Id: idOf('one'), Name: '{{unique}}-one' }),
          },
        ),
      ],
      cleanup: gone('one'),
    },
    {
      name: 'two units of one name cannot have one parent',
      evidence: 'API_CreateOrganizationalUnit: DuplicateOrganizationalUnitException',
      steps: [
        made('one'),
        refuses(
          'CreateOrganizationalUnit',
          { ParentId: '{{unit}}', Name: '{{unique}}-one' },
          'DuplicateOrganizationalUnitException',
        ),
        answers(
          'ListOrganizationalUnitsForParent',
          { ParentId: '{{unit}}' },
          {
            OrganizationalUnits: includes({ Id: idOf('one') }),
          },
        ),
      ],
      cleanup: gone('one'),
    },
    {
      name: 'units of one name can have different parents',
      evidence: 'API_CreateOrganizationalUnit: DuplicateOrganizationalUnitException',
      steps: [
        made('one'),
        made('inner', idOf('one'), '{{unique}}-one'),
        answers(
          'ListParents',
          { ChildId: idOf('inner') },
          {
            Parents: [{ Id: idOf('one'), Type: 'ORGANIZATIONAL_UNIT' }],
          },
        ),
      ],
      cleanup: gone('inner', 'one'),
    },
    {
      name: 'names that differ in case alone are two names',
      evidence: 'assumed: API_CreateOrganizationalUnit does not tell',
      steps: [
        made('one', '{{unit}}', '{{unique}}-case'),
        made('two', '{{unit}}', '{{unique}}-CASE'),
        answers(
          'ListOrganizationalUnitsForParent',
          { ParentId: '{{unit}}' },
          {
            OrganizationalUnits: includes({ Id: idOf('one') }, { Id: idOf('two') }),
          },
        ),
      ],
      cleanup: gone('one', 'two'),
    },
    {
      name: 'units nest five levels deep, and no deeper',
      evidence: 'orgs_reference_limits: OU maximum nesting in a root; OU_DEPTH_LIMIT_EXCEEDED',
      steps: [
        made('two'),
        made('three', idOf('two')),
        made('four', idOf('three')),
        made('five', idOf('four')),
        refuses('CreateOrganizationalUnit', { ParentId: idOf('five'), Name: 'six' }, 'ConstraintViolationException', {
          members: { Reason: 'OU_DEPTH_LIMIT_EXCEEDED' },
        }),
      ],
      cleanup: gone('five', 'four', 'three', 'two'),
    },
    {
      name: 'a unit is made with its tags',
      evidence: 'API_CreateOrganizationalUnit: Tags',
      steps: [
        answers(
          'CreateOrganizationalUnit',
          { ParentId: '{{unit}}', Name: '{{unique}}', Tags: [{ Key: 'project', Value: 'shop' }] },
          {},
          { save: 'one' },
        ),
        answers('ListTagsForResource', { ResourceId: idOf('one') }, { Tags: [{ Key: 'project', Value: 'shop' }] }),
        answers('UntagResource', { ResourceId: idOf('one'), TagKeys: ['project'] }),
        answers('ListTagsForResource', { ResourceId: idOf('one') }, { Tags: count(0) }),
      ],
      cleanup: gone('one'),
    },
    {
      name: 'a tag key that comes twice makes no unit',
      evidence: 'API_CreateOrganizationalUnit: InvalidInputException, DUPLICATE_TAG_KEY',
      steps: [
        answers('ListOrganizationalUnitsForParent', { ParentId: '{{unit}}' }),
        refuses(
          'CreateOrganizationalUnit',
          {
            ParentId: '{{unit}}',
            Name: '{{unique}}',
            Tags: [
              { Key: 'a', Value: '1' },
              { Key: 'a', Value: '2' },
            ],
          },
          'InvalidInputException',
        ),
        answers(
          'ListOrganizationalUnitsForParent',
          { ParentId: '{{unit}}' },
          {
            OrganizationalUnits: excludes({ Name: '{{unique}}' }),
          },
        ),
      ],
    },
    {
      name: 'a new unit is empty',
      evidence: 'API_ListChildren',
      steps: [
        made('one'),
        answers(
          'ListChildren',
          { ParentId: idOf('one'), ChildType: 'ACCOUNT' },
          { Children: count(0), NextToken: absent },
        ),
        answers('ListChildren', { ParentId: idOf('one'), ChildType: 'ORGANIZATIONAL_UNIT' }, { Children: count(0) }),
        answers('ListAccountsForParent', { ParentId: idOf('one') }, { Accounts: count(0) }),
        answers('ListOrganizationalUnitsForParent', { ParentId: idOf('one') }, { OrganizationalUnits: count(0) }),
      ],
      cleanup: gone('one'),
    },
    {
      name: 'children of a parent are listed by their type',
      evidence: 'API_ListChildren: ChildType',
      steps: [
        made('one'),
        made('inner', idOf('one')),
        answers(
          'ListChildren',
          { ParentId: idOf('one'), ChildType: 'ORGANIZATIONAL_UNIT' },
          {
            Children: [{ Id: idOf('inner'), Type: 'ORGANIZATIONAL_UNIT' }],
          },
        ),
        answers('ListChildren', { ParentId: idOf('one'), ChildType: 'ACCOUNT' }, { Children: count(0) }),
      ],
      cleanup: gone('inner', 'one'),
    },
    {
      name: 'units come page by page, each once',
      evidence: 'API_ListOrganizationalUnitsForParent: MaxResults, NextToken',
      steps: [
        made('one'),
        made('a', idOf('one')),
        made('b', idOf('one')),
        answers(
          'ListOrganizationalUnitsForParent',
          { ParentId: idOf('one'), MaxResults: 1 },
          { OrganizationalUnits: count(1), NextToken: text },
          { save: 'page' },
        ),
        answers(
          'ListOrganizationalUnitsForParent',
          { ParentId: idOf('one'), MaxResults: 1, NextToken: '{{page.NextToken}}' },
          { OrganizationalUnits: excludes({ Id: '{{page.OrganizationalUnits.0.Id}}' }) },
        ),
      ],
      cleanup: gone('a', 'b', 'one'),
    },
    {
      name: 'a unit that is deleted is gone',
      evidence: 'API_DeleteOrganizationalUnit',
      steps: [
        made('one'),
        ...gone('one'),
        refuses(
          'DescribeOrganizationalUnit',
          { OrganizationalUnitId: idOf('one') },
          'OrganizationalUnitNotFoundException',
        ),
        refuses('ListChildren', { ParentId: idOf('one'), ChildType: 'ACCOUNT' }, 'ParentNotFoundException'),
      ],
    },
    {
      name: 'a unit with units in it is not deleted',
      evidence: 'API_DeleteOrganizationalUnit: OrganizationalUnitNotEmptyException',
      steps: [
        made('one'),
        made('inner', idOf('one')),
        refuses(
          'DeleteOrganizationalUnit',
          { OrganizationalUnitId: idOf('one') },
          'OrganizationalUnitNotEmptyException',
        ),
        described(idOf('one')),
      ],
      cleanup: gone('inner', 'one'),
    },
    {
      name: 'a unit cannot be deleted twice',
      evidence: 'API_DeleteOrganizationalUnit: OrganizationalUnitNotFoundException',
      steps: [
        made('one'),
        ...gone('one'),
        refuses(
          'DeleteOrganizationalUnit',
          { OrganizationalUnitId: idOf('one') },
          'OrganizationalUnitNotFoundException',
        ),
      ],
    },
    {
      name: 'the name of a deleted unit can be used again',
      evidence: 'API_DeleteOrganizationalUnit',
      steps: [made('one'), ...gone('one'), made('two', '{{unit}}', '{{unique}}-one'), described(idOf('two'))],
      cleanup: gone('two'),
    },
    refused('a parent that is not there', '{{noUnit}}', '{{unique}}', 'ParentNotFoundException'),
    refused('a parent that is no id', 'nowhere', '{{unique}}', 'InvalidInputException'),
    refused('an account as its parent', '{{member}}', '{{unique}}', 'InvalidInputException'),
    refused('a name of 129 characters', '{{unit}}', 'n'.repeat(129), 'InvalidInputException'),
    refused('an empty name', '{{unit}}', '', 'InvalidInputException'),
    {
      name: 'a unit that is not there is not described',
      evidence: 'API_DescribeOrganizationalUnit: OrganizationalUnitNotFoundException',
      steps: [
        refuses(
          'DescribeOrganizationalUnit',
          { OrganizationalUnitId: '{{noUnit}}' },
          'OrganizationalUnitNotFoundException',
        ),
      ],
    },
    {
      name: 'what is no id of a unit is not described',
      evidence: 'API_DescribeOrganizationalUnit: InvalidInputException',
      steps: [
        refuses('DescribeOrganizationalUnit', { OrganizationalUnitId: 'ou-' }, 'InvalidInputException'),
        refuses('DescribeOrganizationalUnit', { OrganizationalUnitId: '{{root}}' }, 'InvalidInputException'),
      ],
    },
    ...['ListOrganizationalUnitsForParent', 'ListAccountsForParent'].map((call) => ({
      name: `${call} needs a parent that is there`,
      evidence: `API_${call}: ParentNotFoundException`,
      steps: [refuses(call, { ParentId: '{{noUnit}}' }, 'ParentNotFoundException')],
    })),
    {
      name: 'ListChildren needs a parent that is there',
      evidence: 'API_ListChildren: ParentNotFoundException',
      steps: [refuses('ListChildren', { ParentId: '{{noUnit}}', ChildType: 'ACCOUNT' }, 'ParentNotFoundException')],
    },
    {
      name: 'ListChildren knows accounts and units alone',
      evidence: 'API_ListChildren: ChildType',
      steps: [
        refuses('ListChildren', { ParentId: '{{root}}', ChildType: 'POLICY' }, 'InvalidInputException', {
          members: { Reason: 'INVALID_ENUM' },
        }),
      ],
    },
  ],
};
