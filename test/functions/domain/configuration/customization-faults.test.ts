import { network } from '../example-customization';
import { FILE, faultsFor } from './faults-for';

describe('a customization', () => {
  it.each<readonly [what: string, changes: object, field: string, message: string]>([
    ['without source', { source: undefined }, '.source', 'is missing'],
    ['without role', { role: undefined }, '.role', 'is missing'],
    ['without limit', { timeLimitMinutes: undefined }, '.timeLimitMinutes', 'is missing'],
    ['with a limit of more than eight hours', { timeLimitMinutes: 481 }, '.timeLimitMinutes', 'eight hours'],
    ['with a limit that CodeBuild does not take', { timeLimitMinutes: 4 }, '.timeLimitMinutes', 'must be at least 5'],
    [
      'without policies',
      { role: { name: 'X', managedPolicyArns: [] } },
      '.role.managedPolicyArns',
      'at least one policy',
    ],
    ['with nothing to run', { command: undefined }, '', 'needs either command or buildspec'],
    ['with two things to run', { buildspec: 'buildspec.yml', outputs: [] }, '', 'needs either command or buildspec'],
    ['that destroys nothing', { destroy: {} }, '.destroy', 'needs either command or buildspec'],
    ['with one of our variables', { environment: { VENDING_X: '1' } }, '', 'which are taken'],
    ['with outputs beside a buildspec', { command: undefined, buildspec: 'b.yml' }, '.outputs', 'lists them itself'],
    [
      'by the role of stack sets',
      { role: { name: 'AWSCloudFormationStackSetExecutionRole', managedPolicyArns: ['arn:aws:iam::aws:policy/X'] } },
      '.role.name',
      'has other work',
    ],
    ...(['AWSControlTowerExecution', 'MeshstackAccountAccessRole'] as const).map(
      (name) =>
        [
          `by the role ${name}`,
          { role: { name, managedPolicyArns: ['arn:aws:iam::aws:policy/X'] } },
          '.role.name',
          'has other work',
        ] as const,
    ),
    ...['AWS_X', 'CODEBUILD_X', 'VENDING_X'].map(
      (name) => [`with the output ${name}`, { outputs: [name] }, '', 'which are taken'] as const,
    ),
    [
      'of a Git repository without a connection',
      { source: { type: 'github', location: 'https://github.com/a/b', version: 'v1' } },
      '.source.connectionArn',
      'is missing',
    ],
  ])('%s is a fault', (_what, changes, field, message) => {
    expect(faultsFor(['landingZone.customizations', [network(changes)]])).toEqual([
      expect.objectContaining({
        field: `${FILE}: customizations[0]${field}`,
        message: expect.stringContaining(message) as string,
      }),
    ]);
  });

  it('has a name of its own, and a role that says the same everywhere', () => {
    const role = { name: 'NetworkCustomization', managedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] };
    expect(faultsFor(['landingZone.customizations', [network(), network({ role })]]).map(({ field }) => field)).toEqual(
      [`${FILE}: customizations[1].name`, `${FILE}: customizations[1].role`],
    );
  });

  it('leaves room in the environment of the function that makes its role', () => {
    const many = Array.from({ length: 10 }, (_, index) =>
      network({
        name: `n${index}`,
        role: {
          name: `Role${index}`,
          managedPolicyArns: Array.from({ length: 5 }, () => `arn:aws:iam::aws:policy/Policy${index}`),
        },
      }),
    );
    expect(faultsFor(['landingZone.customizations', many])).toEqual([
      expect.objectContaining({ message: expect.stringContaining('List fewer policies') as string }),
    ]);
  });
});
