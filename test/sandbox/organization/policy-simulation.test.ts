import { loadPolicyTables, PolicySimulation } from '../../../sandbox/organization/authorization/policy-simulation';

const account = '444444444444';
const question = {
  principalArn: `arn:aws:sts::${account}:assumed-role/Access/session`,
  action: 'iam:CreateRole',
  resource: `arn:aws:iam::${account}:role/New`,
  resourceAccountId: account,
  conditions: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/Access` },
  scpLevels: [],
};
const policy = (Effect: string, Action: string) => ({
  name: `${Effect} ${Action}`,
  document: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] }),
});

describe('a policy simulation', () => {
  it.each([
    ['allows what a policy allows', [policy('Allow', 'iam:Create*')], { allowed: true, explicitDeny: false }],
    ['denies what no policy allows', [policy('Allow', 'iam:Get*')], { allowed: false, explicitDeny: false }],
    ['lets a denial win', [policy('Allow', '*'), policy('Deny', 'iam:*')], { allowed: false, explicitDeny: true }],
  ])('%s', async (_rule, identityPolicies, verdict) => {
    expect(await new PolicySimulation().judge({ ...question, identityPolicies })).toMatchObject(verdict);
  });

  it('answers within microtasks once the tables are loaded, so that no virtual time passes', async () => {
    await loadPolicyTables();
    const seen = { answered: false };
    void new PolicySimulation().judge({ ...question, identityPolicies: [policy('Allow', '*')] }).then(() => {
      seen.answered = true;
    });
    for (let turn = 0; turn < 1000 && !seen.answered; turn += 1) {
      await Promise.resolve();
    }
    expect(seen.answered).toBe(true);
  });
});
