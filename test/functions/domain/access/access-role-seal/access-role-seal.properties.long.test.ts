import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
} from '@aws-sdk/client-iam';

import { ACCESS_ROLE, MEMBER } from '../../../aws/organization-world';
import { ADMINISTRATOR, DowngradedWorld, SEAL } from './downgraded-world';
import { ROUTES } from './escalation-routes';
import { searchEscalation } from './escalation-search';
import { resourcesOf, writeActionsOf } from './write-actions';

const RoleName = ACCESS_ROLE;
const OWN = `arn:aws:iam::${MEMBER}:role/${ACCESS_ROLE}`;

/** What somebody may do to a sealed role later. */
const states = {
  'as the steps leave it': async () => DowngradedWorld.make('sealed'),
  'when somebody has attached AdministratorAccess: the boundary holds alone': async () => {
    const downgraded = await DowngradedWorld.make('sealed');
    const PolicyArn = ADMINISTRATOR;
    await downgraded.iamOf(MEMBER).send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    downgraded.world.pass(60);
    return downgraded;
  },
  'when somebody has taken the boundary away: the policy holds alone': async () => {
    const downgraded = await DowngradedWorld.make('sealed');
    await downgraded.iamOf(MEMBER).send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    downgraded.world.pass(60);
    return downgraded;
  },
} as const;

/** A seal that lets more through, on a role that has AdministratorAccess besides. */
async function brokenSeal(actions: readonly string[]): Promise<DowngradedWorld> {
  const downgraded = await states['when somebody has attached AdministratorAccess: the boundary holds alone']();
  const seal = JSON.parse(SEAL.document) as { Statement: { NotAction?: string[] }[] };
  const denials = seal.Statement.map((statement) =>
    statement.NotAction === undefined ? statement : { ...statement, NotAction: [...statement.NotAction, ...actions] },
  );
  const Statement = [...denials, { Effect: 'Allow', Action: actions, Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  const iam = downgraded.iamOf(MEMBER);
  const PolicyArn = SEAL.arn;
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
  await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  downgraded.world.pass(60);
  return downgraded;
}

/** Which of these actions the access role may do, and on what. */
async function allowedOf(downgraded: DowngradedWorld, actions: readonly string[]): Promise<readonly string[]> {
  const allowed: string[] = [];
  for (const action of actions) {
    for (const resource of await resourcesOf(action)) {
      for (const boundary of [undefined, SEAL.arn, ADMINISTRATOR]) {
        const conditions = boundary === undefined ? {} : { 'iam:PermissionsBoundary': boundary };
        const verdict = await downgraded.judge(ACCESS_ROLE, { action, resource, conditions });
        if (verdict.allowed) allowed.push(`${action} ${resource}`);
      }
    }
  }
  return [...new Set(allowed)].toSorted();
}

const KEPT = [
  'iam:CreateAccountAlias *',
  'iam:DeleteAccountAlias *',
  `iam:DeleteRolePolicy ${OWN}`,
  `iam:DetachRolePolicy ${OWN}`,
];

describe('a sealed access role', () => {
  it.each([
    { state: 'as the steps leave it', writes: KEPT },
    { state: 'when somebody has attached AdministratorAccess: the boundary holds alone', writes: KEPT },
    {
      state: 'when somebody has taken the boundary away: the policy holds alone',
      writes: [
        ...KEPT,
        `iam:CreatePolicy ${SEAL.arn}`,
        `iam:CreatePolicy ${SEAL.arn.replace(/.$/, 'x')}`,
        `iam:PutRolePermissionsBoundary ${OWN}`,
      ].toSorted(),
    },
  ] as const)('of all write actions of IAM may do these alone, $state', async ({ state, writes }) => {
    const actions = await writeActionsOf('iam');
    expect(actions.length).toBeGreaterThan(100);
    expect(await allowedOf(await states[state](), actions)).toEqual(writes);
  });

  it.each(['sts', 'organizations', 'lambda', 'cloudformation', 'ssm', 'states', 'glue', 'ecs', 'codebuild', 'account'])(
    'may do no write action of %s',
    async (service) => {
      const downgraded = await states['when somebody has attached AdministratorAccess: the boundary holds alone']();
      expect(await allowedOf(downgraded, await writeActionsOf(service))).toEqual([]);
    },
  );

  it.each(Object.entries(states))('finds no way to administrator, %s', async (_, make) => {
    const { path, states: reached } = await searchEscalation(await make(), { isThorough: true });
    expect(path).toBeNull();
    // It can lose what it has: the search does go on from state to state.
    expect(reached).toBeGreaterThan(1);
  });
});

describe('the search for a way to administrator', () => {
  it("finds the one that the document's minimum leaves", async () => {
    const { path } = await searchEscalation(await DowngradedWorld.make('meshstack'), { withRoutes: false });
    expect(path).toEqual([`${ACCESS_ROLE}: PutRolePolicy ${ACCESS_ROLE}`, `${ACCESS_ROLE} is administrator`]);
  });

  it('finds another one there: a provider of identities that some role may trust', async () => {
    const { path } = await searchEscalation(await DowngradedWorld.make('meshstack'));
    expect(path).toEqual([`${ACCESS_ROLE}: an identity provider that a role trusts`]);
  });

  it.each([
    { actions: ['iam:DeleteRolePermissionsBoundary'] },
    { actions: ['iam:PutRolePermissionsBoundary'] },
    { actions: ['iam:CreatePolicyVersion'] },
    { actions: ['iam:SetDefaultPolicyVersion'] },
    { actions: ['iam:UpdateAssumeRolePolicy'] },
    { actions: ['iam:CreateRole', 'iam:AttachRolePolicy'] },
    { actions: ['iam:CreateRole', 'iam:PutRolePolicy'] },
    ...Object.values(ROUTES).map((actions) => ({ actions })),
    { actions: ['iam:*'] },
    { actions: ['*'] },
  ])('finds one through a seal that does not deny $actions', async ({ actions }) => {
    const { path } = await searchEscalation(await brokenSeal(actions));
    expect(path).not.toBeNull();
  });

  it.each([
    { actions: ['iam:CreateRole'] },
    { actions: ['iam:AttachRolePolicy'] },
    { actions: ['iam:PassRole'] },
    { actions: ['iam:CreatePolicy'] },
    { actions: ['s3:*'] },
  ])('finds none where it is no way by itself: a seal that does not deny $actions', async ({ actions }) => {
    expect((await searchEscalation(await brokenSeal(actions))).path).toBeNull();
  });
});
