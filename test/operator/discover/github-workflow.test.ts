import { parse } from 'yaml';

import { githubWorkflow } from '../../../operator/discover/github-workflow';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly defaults: { readonly run: object };
  readonly jobs: Readonly<
    Record<'diff' | 'deploy', { readonly strategy?: { readonly matrix: object }; readonly steps: readonly Step[] }>
  >;
}

describe('the workflow of GitHub Actions', () => {
  const text = githubWorkflow({ folder: 'installation', region: 'eu-west-1' });
  const { on, permissions, defaults, jobs } = parse(text) as Workflow;

  it('changes tokens for sessions and keeps no key', () => {
    expect(permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(text).not.toMatch(/secrets\./u);
  });

  it('shows on a pull request what would change in each account, with the role of that account', () => {
    expect(Object.keys(on)).toEqual(['pull_request', 'push']);
    expect(jobs.diff.strategy?.matrix).toEqual({
      include: [
        { stack: 'ManagementAccountStack', role: 'VENDING_MANAGEMENT_ROLE' },
        { stack: 'AutomationAccountStack', role: 'VENDING_AUTOMATION_ROLE' },
        { stack: 'VendingStack', role: 'VENDING_MESHCLOUD_ROLE' },
      ],
    });
    expect(jobs.diff.steps.at(-1)?.run).toBe('npx cdk diff ${{ matrix.stack }}');
  });

  it('deploys with a profile for each account, and runs a preflight after that', () => {
    const roles = jobs.deploy.steps.flatMap((step) => step.with?.['role-to-assume'] ?? []);
    expect(roles).toEqual(['MANAGEMENT', 'AUTOMATION', 'MESHCLOUD'].map((one) => `\${{ vars.VENDING_${one}_ROLE }}`));
    expect(jobs.deploy.steps.slice(-2).map(({ run }) => run)).toEqual([
      'npx account-vending deploy --folder . --profile management --profile-automation automation --profile-meshcloud meshcloud',
      'npx account-vending preflight',
    ]);
    expect(defaults.run).toEqual({ 'working-directory': 'installation' });
  });
});
