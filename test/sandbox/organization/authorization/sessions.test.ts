import { memberCredentials } from '../../../../functions/aws/base/assumed-role';
import type { AwsSession, SessionCredentials } from '../../../../functions/aws/base/aws-session';
import { functionPermissions } from '../../../../functions/aws/permissions/function-permissions';
import type { TaskName } from '../../../../functions/domain/base/state-name';
import { loadConfiguration } from '../../../../infra/config';
import { stepNames } from '../../../../functions/steps/each-step';
import { exampleAuthorization } from '../../../../sandbox/organization/authorization/example-authorization';
import { sessionPolicyOf } from '../../../../sandbox/organization/authorization/judged-principal';
import { PolicySimulation } from '../../../../sandbox/organization/authorization/policy-simulation';
import type { Session } from '../../../../sandbox/organization/organization-state';
import { effectivePolicies } from '../../../../sandbox/organization/services/iam/effective-policies';
import { unusedPermissions } from '../../../docs/unused-permissions';
import { callerIn } from '../../../simulation/provisioning';
import { ACCESS_ROLE, AUTOMATION, MANAGEMENT, openAccount, organizationUnderTest } from '../organization-under-test';

const authorization = exampleAuthorization(loadConfiguration('sandbox/config'));
const simulation = new PolicySimulation();

/** Accounts are closed only with it. */
const TAG = 'aws:ResourceTag/account-vending:tenant-uuid';

const COLUMNS = ['management', 'automation', 'member'] as const;

const entering = stepNames.filter((state) => functionPermissions[state].member !== undefined);

/** AWS's list of actions has them no more, so there is nothing to be judged. */
const gone = unusedPermissions().flatMap(({ holder, action, isUsedElsewhere }) =>
  holder === 'MeshfedServiceRole-ControlTower' && !isUsedElsewhere ? [action] : [],
);

const everyAction = [
  ...new Set(stepNames.flatMap((state) => COLUMNS.flatMap((column) => functionPermissions[state][column] ?? []))),
  'servicecatalog:ListLaunchPaths',
  'servicecatalog:ProvisionProduct',
  'servicecatalog:UpdateProvisionedProduct',
  'servicecatalog:TerminateProvisionedProduct',
  'sts:AssumeRole',
].filter((action) => !gone.includes(action));

const ON_NOTHING_SMALLER = new Set(
  [
    'CreateAccount',
    'DescribeCreateAccountStatus',
    'ListCreateAccountStatus',
    'ListAccounts',
    'describeOrganization',
  ].map((name) => `organizations:${name}`),
);

/** Something in the example that the action can be done to. */
function resourceFor(action: string, member: string): string {
  const accessRole = `arn:aws:iam::${member}:role/${ACCESS_ROLE}`;
  const organization = `arn:aws:organizations::${MANAGEMENT}`;
  const stackSet = `arn:aws:cloudformation:eu-central-1:${AUTOMATION}:stackset/network`;
  const byService: Readonly<Record<string, string>> = {
    iam: iamResourceFor(action, accessRole),
    sts: accessRole,
    cloudformation: `${stackSet}:0f0f0f0f-0000-4000-8000-000000000001`,
    lambda: `arn:aws:lambda:eu-central-1:${AUTOMATION}:function:landing-zone`,
    organizations: action.includes('OrganizationalUnit')
      ? `${organization}:ou/o-exampleorg1/ou-ab12-cdefgh34`
      : `${organization}:account/o-exampleorg1/${member}`,
  };
  return ON_NOTHING_SMALLER.has(action) ? '*' : (byService[action.split(':')[0] ?? ''] ?? '*');
}

function iamResourceFor(action: string, accessRole: string): string {
  if (action.includes('Alias')) return '*';
  if (action.includes('SAML')) return accessRole.replace(/:role\/.*$/u, ':saml-provider/meshstack');
  return /^iam:(Get|Create)Policy(Version)?$/.test(action) ? accessRole.replace(':role/', ':policy/') : accessRole;
}

describe('the session of a step in a member account', () => {
  let test: ReturnType<typeof organizationUnderTest>;
  let member: string;

  beforeAll(async () => {
    test = organizationUnderTest({ authorization });
    member = await openAccount(test);
  });

  const callerFor = (state: TaskName): AwsSession => ({
    ...callerIn(test.organization, state),
    permissions: functionPermissions[state],
  });

  async function mayDo(session: Session, action: string, resource: string): Promise<boolean> {
    const { state } = test.organization;
    const { accountId, arn, roleArn, roleName } = session;
    const role = state.accounts.get(accountId)?.roles.get(roleName);
    if (role === undefined) throw new Error(`There is no role ${roleName}.`);
    const { allowed } = await simulation.judge({
      principalArn: arn,
      action,
      resource,
      resourceAccountId: accountId,
      scpLevels: [],
      conditions: {
        'servicecatalog:userLevel': 'self',
        'sts:ExternalId': 'example-external-id-5f0c2a',
        [TAG]: 'a-tenant',
      },
      identityPolicies: effectivePolicies(state, role, test.clock.now()),
      ...sessionPolicyOf({ kind: 'session', accountId, arn, userId: session.roleId, roleArn, roleName, session }),
    });
    return allowed;
  }

  const sessionOf = ({ accessKeyId }: SessionCredentials): Session => {
    const session = test.organization.state.sessions.get(accessKeyId);
    if (session === undefined) throw new Error('There is no such session.');
    return session;
  };

  /** Of all that steps do anywhere. */
  async function doable(session: Session): Promise<readonly string[]> {
    const done = await Promise.all(
      everyAction.map(async (action) => ((await mayDo(session, action, resourceFor(action, member))) ? [action] : [])),
    );
    return done.flat().toSorted();
  }

  it.each(entering)('does what is in its row, and nothing of another step: %s', async (state) => {
    const own = functionPermissions[state].member ?? [];
    const session = sessionOf(
      await memberCredentials(callerFor(state), { accountId: member, accessRole: ACCESS_ROLE })(),
    );

    expect(await doable(session)).toEqual(everyAction.filter((action) => own.includes(action)).toSorted());
  });

  it('is reached by a session that can do nothing but assume the access role', async () => {
    const before = new Set(test.organization.state.sessions.keys());
    await memberCredentials(callerFor('CheckAccess'), { accountId: member, accessRole: ACCESS_ROLE })();
    const opened = [...test.organization.state.sessions].flatMap(([key, session]) =>
      before.has(key) ? [] : [session],
    );
    const [way] = opened.filter(({ accountId }) => accountId === MANAGEMENT);
    if (way === undefined) throw new Error('There is no session on the way.');

    expect(await doable(way)).toEqual(['sts:AssumeRole']);
    expect(await mayDo(way, 'sts:AssumeRole', `arn:aws:iam::${member}:role/AWSControlTowerExecution`)).toBe(false);
  });
});
