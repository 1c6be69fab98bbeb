import { projectRoot } from '../../../sandbox/environment';
import { evidenceIn } from '../../../sandbox/evidence/evidence-in-text';
import { evidenceFault, evidenceLines } from '../../../sandbox/evidence/evidence-lines';

const NO_RECORDING =
  'is recorded and does not say where and when: "localstack iam/test_iam test_role_with_tags, 2025-07-02", or a page';

describe('the evidence beside what is believed about AWS', () => {
  it('has a class, a source and a claim in each line', () => {
    const faults = evidenceLines(projectRoot, ['sandbox', 'functions']).map((line) => [
      line.place,
      evidenceFault(line),
    ]);

    expect(faults.filter(([, fault]) => fault !== undefined)).toEqual([]);
  });

  it.each([
    ['documented controltower/userguide/unmanage-account: the account goes to the root', undefined],
    ['reported "github aws-ia/example#241": pages may be empty', undefined],
    ['assumed none: both happen (decided by: one failed enrollment on AWS)', undefined],
    ['recorded "localstack iam/test_iam test_role_with_tags, 2025-07-02": it is so', undefined],
    ['recorded "localstack lambda_/test_lambda test_invoke[it is, so], 2025-07-02": it is so', undefined],
    ['recorded "https://repost.aws/questions/one, 2025-07-02": it is so', undefined],
    ['recorded "localstack iam/test_iam test_role_with_tags": it is so on 2025-07-02', NO_RECORDING],
    ['recorded "localstack test_iam test_role_with_tags, 2025-07-02": it is so', NO_RECORDING],
    ['recorded "a run on AWS, 2025-07-02": it is so', NO_RECORDING],
    ['assumed none: both happen', 'is assumed and does not say "(decided by: ...)"'],
    ['known everybody: it is so', 'is not "@evidence <class> <source>: <claim>"'],
    ['documented a page: it is so', 'is not "@evidence <class> <source>: <claim>"'],
    ['documented page', 'is not "@evidence <class> <source>: <claim>"'],
  ])('is judged: %s', (line, fault) => {
    expect(evidenceFault({ text: `@evidence ${line}` })).toBe(fault);
  });

  it('goes on in the lines below that are indented by two more', () => {
    const comment = [
      ' * @evidence assumed none: both happen (decided by: one failed',
      ' *   enrollment',
      ' *   on AWS)',
      ' * @evidence known nobody',
      ' */',
      '// @evidence documented page: it is so',
      '//   on weekdays',
      '// A comment of its own.',
    ];

    expect(evidenceIn('a.ts', comment)).toEqual([
      { place: 'a.ts:1', text: '@evidence assumed none: both happen (decided by: one failed enrollment on AWS)' },
      { place: 'a.ts:4', text: '@evidence known nobody' },
      { place: 'a.ts:6', text: '@evidence documented page: it is so on weekdays' },
    ]);
  });
});
