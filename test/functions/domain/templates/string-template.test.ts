import fc from 'fast-check';
import {
  ACCOUNT_PLACEHOLDERS,
  GROUP_PLACEHOLDERS,
  problemsOfStringTemplate,
  renderStringTemplate,
} from '../../../../functions/domain/templates/string-template';

const values = new Map<string, string | number>([
  ['workspaceIdentifier', 'my-workspace'],
  ['projectIdentifier', 'my-project'],
  ['tenantPlatformNumber', 4],
  ['tagEnvironment', 'dev'],
  ['platformGroupAlias', 'admin'],
]);

const rendered = (pattern: string): unknown => {
  const result = renderStringTemplate(pattern, values);
  return result.ok ? result.text : result;
};

describe('renderStringTemplate', () => {
  it.each([
    ['#{workspaceIdentifier}-#{projectIdentifier}', 'my-workspace-my-project'],
    ['aws+#{workspaceIdentifier}.#{projectIdentifier}@example.com', 'aws+my-workspace.my-project@example.com'],
    [
      '#{workspaceIdentifier}.#{projectIdentifier:%.7s}-test.#{tenantPlatformNumber:%03d}',
      'my-workspace.my-proj-test.004',
    ],
    ['#{workspaceIdentifier}.#{projectIdentifier}-#{platformGroupAlias}', 'my-workspace.my-project-admin'],
    ['#{projectIdentifier}-#{tagEnvironment}', 'my-project-dev'],
    ['#{customerIdentifier}', 'my-workspace'],
    ['no placeholder at all', 'no placeholder at all'],
    ['#{projectIdentifier:a%sb}#{projectIdentifier:%S}', 'amy-projectbMY-PROJECT'],
    ['a # { } $ % b', 'a # { } $ % b'],
    ['', ''],
  ])('renders %j to %j', (pattern, expected) => {
    expect(rendered(pattern)).toBe(expected);
  });

  it('names every placeholder without a value once', () => {
    expect(rendered('#{meshProjectId}-#{tagOwner}-#{meshProjectId}-#{projectIdentifier}')).toEqual({
      ok: false,
      missing: ['meshProjectId', 'tagOwner'],
      unfit: [],
    });
  });

  it('says when a format does not fit the value of this request', () => {
    const result = renderStringTemplate('#{meshProjectId:%c}', new Map([['meshProjectId', 3_000_000_000]]));

    expect(result).toMatchObject({ ok: false, missing: [], unfit: [expect.stringContaining('#{meshProjectId:%c}')] });
  });

  it('never interprets what values contain', () => {
    const tricky = fc.constantFrom('$&', '#{projectIdentifier}', '%s', '$1', '${x}', '\\', '');
    fc.assert(
      fc.property(tricky, fc.string(), (value, other) => {
        const result = renderStringTemplate(
          '<#{workspaceIdentifier}|#{tagOther}>',
          new Map([
            ['workspaceIdentifier', value],
            ['tagOther', other],
          ]),
        );

        expect(result).toEqual({ ok: true, text: `<${value}|${other}>` });
      }),
    );
  });
});

describe('problemsOfStringTemplate', () => {
  it.each([
    '#{workspaceIdentifier}#{projectIdentifier}#{meshProjectId}#{platform}#{rand:%.8s}#{tenantPlatformNumber:%04d}',
    '#{customerIdentifier}',
    '#{tagEnvironment:%.3s}',
    '#{tagÄmter}#{tag_x}#{tagCmdb-id}#{tag1}',
    'abc',
  ])('finds nothing wrong with %j', (pattern) => {
    expect(problemsOfStringTemplate(pattern, ACCOUNT_PLACEHOLDERS)).toEqual([]);
  });

  it.each([
    ['#{projectIdentifer}', 'uses the unknown placeholder #{projectIdentifer}. Did you mean #{projectIdentifier}?'],
    ['#{tagenvironment}', 'Did you mean #{tagEnvironment}?'],
    ['#{}', 'uses the unknown placeholder #{}.'],
    ['#{whatever}', 'Known are #{workspaceIdentifier}, #{projectIdentifier}'],
    ['#{platformGroupAlias}', 'uses the unknown placeholder #{platformGroupAlias}'],
    ['#{projectIdentifier:%d}', '#{projectIdentifier:%d}: it uses %d, which is for numbers'],
    ['#{tagEnvironment:%03d}', 'which is for numbers'],
    ['#{tenantPlatformNumber:%.2d}', 'a precision'],
    ['#{meshProjectId:%f}', 'decimal fractions'],
    ['#{projectIdentifier:}', 'it is empty'],
    ['#{projectIdentifier:%s%s}', 'one value only'],
    ['#{projectIdentifier', 'is never closed'],
    ['${projectIdentifier}', "which is for tag mappers only. Write '#{…}'"],
  ])('says what is wrong with %j', (pattern, problem) => {
    expect(problemsOfStringTemplate(pattern, ACCOUNT_PLACEHOLDERS)).toEqual([expect.stringContaining(problem)]);
  });

  it('finds all that is wrong at once', () => {
    expect(problemsOfStringTemplate('#{a}#{rand:%d}#{rand:%x}#{', ACCOUNT_PLACEHOLDERS)).toHaveLength(4);
  });

  it('knows the role alias in group names only', () => {
    expect(problemsOfStringTemplate('#{platformGroupAlias}', GROUP_PLACEHOLDERS)).toEqual([]);
  });
});
