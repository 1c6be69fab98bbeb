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
    const judgeEach = async (resources: readonly string[], ...policies: readonly ReturnType<typeof statement>[]) => {
      const simulation = new PolicySimulation();
      const asked = { ...question, action: 'identitystore:DescribeGroup', identityPolicies: policies };
      const allowed: boolean[] = [];
      for (const resource of resources) allowed.push((await simulation.judge({ ...asked, resource })).allowed);
      return { allowed, evaluations: simulation.evaluations };
    };
    const groups = [
      'arn:aws:identitystore:::group/1a2b3c4d-0000-4000-8000-000000000001',
      'arn:aws:identitystore:::group/9f8e7d6c-0000-4000-8000-000000000002',
    ];

    it('need not judge again for another account and session', async () => {
      expect(await judgeBoth([statement({})])).toEqual({ allowed: [true, true], evaluations: 1 });
    });

    it.each([
      ['names an account', { Resource: 'arn:aws:iam::444444444444:role/*' }],
      ['matches the beginning of an account id', { Resource: 'arn:aws:iam::4*:role/*' }],
      ['matches the end of an account id', { Resource: 'arn:aws:iam::*44:role/*' }],
    ])('judges again where a policy %s', async (_case, further) => {
      expect(await judgeBoth([statement(further)])).toEqual({ allowed: [true, false], evaluations: 2 });
    });

    it('judges again for another session where a policy looks at it', async () => {
      const simulation = new PolicySimulation();
      const asOne = statement({ Condition: { StringEquals: { 'sts:RoleSessionName': 'one' } } });
      const judged = async (session: string): Promise<boolean> => {
        const asked = { ...inAccount('444444444444', session), action: 'sts:AssumeRole', identityPolicies: [asOne] };
        return (await simulation.judge(asked)).allowed;
      };
      expect([await judged('one'), await judged('two')]).toEqual([true, false]);
    });

    it('need not judge again for another resource that no policy knows by its id', async () => {
      const policies = [statement({ Resource: 'arn:aws:identitystore:::group/*' })];
      expect(await judgeEach(groups, ...policies)).toEqual({ allowed: [true, true], evaluations: 1 });
    });

    it.each([
      ['names', { Resource: groups[0] }],
      ['matches the beginning of', { Resource: 'arn:aws:identitystore:::group/1a*' }],
      ['matches the end of', { Resource: 'arn:aws:identitystore:::group/*-000000000001' }],
      ['excludes', { Resource: undefined, NotResource: groups[1] }],
    ])('judges again where a policy %s the id of a resource', async (_case, further) => {
      expect(await judgeEach(groups, statement(further))).toEqual({ allowed: [true, false], evaluations: 2 });
    });

    it('need not judge again where policies differ in what they say about other actions', async () => {
      const simulation = new PolicySimulation();
      const other = (account: string) =>
        statement({ Action: 'iam:GetUser', Resource: `arn:aws:iam::${account}:user/*` });
      for (const account of ['444444444444', '666666666666']) {
        const identityPolicies = [statement({ Action: 'iam:Create*' }), other(account)];
        expect(await simulation.judge({ ...question, identityPolicies })).toMatchObject({ allowed: true });
      }
      expect(simulation.evaluations).toBe(1);
    });

    it.each([
      ['allows the action', { Action: 'IAM:creat?Role' }, true],
      ['excludes it', { Action: undefined, NotAction: 'iam:*' }, false],
      ['denies all but others', { Effect: 'Deny', Action: undefined, NotAction: 'iam:Get*' }, false],
      ['speaks of others', { Action: 'iam:CreateRoleX' }, false],
    ])('judges again by another policy that %s', async (_case, further, allowed) => {
      const simulation = new PolicySimulation();
      const everything = statement({ Resource: '*' });
      expect((await simulation.judge({ ...question, identityPolicies: [] })).allowed).toBe(false);
      expect((await simulation.judge({ ...question, identityPolicies: [everything] })).allowed).toBe(true);
      const identityPolicies = [statement(further)];
      expect((await simulation.judge({ ...question, identityPolicies })).allowed).toBe(allowed);
    });
  });
});
