import {
  problemsOfTagValuePattern,
  renderTagValuePattern,
} from '../../../../functions/domain/templates/tag-value-pattern';

const values = new Map([
  ['projectIdentifier', 'my-project'],
  ['workspaceName', 'My Workspace'],
  ['workspaceIdentifier', 'my-workspace'],
  ['landingZoneName', 'aws-dev'],
  ['tagOwner', '$& ${projectIdentifier}'],
]);

describe('renderTagValuePattern', () => {
  it.each([
    ['${projectIdentifier}', 'my-project'],
    ['prefix-${projectIdentifier}-suffix', 'prefix-my-project-suffix'],
    ['production', 'production'],
    ['', ''],
    ['${customerIdentifier}', 'my-workspace'],
    ['${customerName}', 'My Workspace'],
    ['${landingzone}', 'aws-dev'],
    ['<${tagOwner}>', '<$& ${projectIdentifier}>'],
  ])('renders %j to %j', (pattern, expected) => {
    expect(renderTagValuePattern(pattern, values)).toBe(expected);
  });

  it('skips a pattern whose tag is absent', () => {
    expect(renderTagValuePattern('x-${tagEnvironment}', values)).toBeNull();
  });
});

describe('problemsOfTagValuePattern', () => {
  it.each([
    'projectIdentifier',
    'projectName',
    'workspaceIdentifier',
    'workspaceName',
    'landingZoneName',
    'landingZoneIdentifier',
    'paymentIdentifier',
    'paymentName',
    'paymentExpirationDate',
    'paymentAmount',
    'contactMail',
    'ownerUsername',
    'ownerFirstName',
    'ownerLastName',
    'additionalOwnerUsername',
    'additionalOwnerFirstName',
    'additionalOwnerLastName',
    'tagEnvironment',
    'customerIdentifier',
    'customerName',
    'landingzone',
  ])('knows ${%s}', (name) => {
    expect(problemsOfTagValuePattern(`a \${${name}} b`)).toEqual([]);
  });

  it.each([
    ['${projectIdentifer}', 'Did you mean ${projectIdentifier}?'],
    ['${rand}', 'uses the unknown placeholder ${rand}'],
    ['${tagowner}', 'Did you mean ${tagOwner}?'],
    ['${projectName}-${workspaceName}', 'has 2 placeholders; at most 1 is allowed'],
    ['${projectName', 'is never closed'],
    ['#{projectIdentifier}', "Write '${…}' here"],
  ])('says what is wrong with %j', (pattern, problem) => {
    expect(problemsOfTagValuePattern(pattern)).toEqual([expect.stringContaining(problem)]);
  });
});
