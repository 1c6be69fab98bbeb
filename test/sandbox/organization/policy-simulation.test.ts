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

  describe('that has judged before', () => {
    const inAccount = (id: string, session: string) => ({
      ...question,
      principalArn: `arn:aws:sts::${id}:assumed-role/Access/${session}`,
      resource: `arn:aws:iam::${id}:role/New`,
      resourceAccountId: id,
      conditions: { 'aws:PrincipalArn': `arn:aws:iam::${id}:role/Access`, 'sts:RoleSessionName': session },
    });
    const statement = (further: object) => ({
      name: 'policy',
      document: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', ...further }],
      }),
    });
    const judgeBoth = async (identityPolicies: readonly ReturnType<typeof statement>[]) => {
      const simulation = new PolicySimulation();
      const first = await simulation.judge({ ...inAccount('444444444444', 'one'), identityPolicies });
      const second = await simulation.judge({ ...inAccount('555555555555', 'two'), identityPolicies });
      return { allowed: [first.allowed, second.allowed], evaluations: simulation.evaluations };
    };

    it('need not judge again for another account and session', async () => {
      expect(await judgeBoth([statement({})])).toEqual({ allowed: [true, true], evaluations: 1 });
    });

    it.each([
      ['names an account', { Resource: 'arn:aws:iam::444444444444:role/*' }],
      ['matches part of an account id', { Resource: 'arn:aws:iam::4*:role/*' }],
    ])('judges again where a policy %s', async (_case, further) => {
      expect(await judgeBoth([statement(further)])).toEqual({ allowed: [true, false], evaluations: 2 });
    });
  });
});
