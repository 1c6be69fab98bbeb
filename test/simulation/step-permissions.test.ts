import { functionPermissions } from '../../functions/aws/permissions/function-permissions';
import { stepNames } from '../../functions/steps/each-step';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { attachableDocument } from '../../sandbox/organization/services/iam/aws-managed-policies';
import { faultsFor } from '../functions/aws/organization-world';
import { configuration } from '../functions/domain/examples';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

interface Document {
  readonly Statement: readonly { readonly Action: readonly string[] }[];
}

const { managementAccountId, automationAccountId } = exampleOrganization();

/** Everything that a landing zone can ask for. */
const everything = configuration(
  ['landingZone.awsEnrollAccount', true],
  ['landingZone.awsLambdaArn', `arn:aws:lambda:eu-central-1:${automationAccountId}:function:landing-zone`],
  ['landingZone.stackSets', [{ name: 'baseline', regions: ['eu-central-1'] }]],
  ['platform.awsIdentityStore', undefined],
);

/** The answer of CreateAccount is lost once: the account has to be found again. */
const lostAnswer: SimulationOptions = {
  configuration: everything,
  faults: faultsFor('CreateAccount', { kind: 'lost-answer' }),
};

/** `<State> in the <kind> account: <action>` of each call that a step made with an assumed role. */
async function actionsOf(options: SimulationOptions): Promise<readonly string[]> {
  const simulation = new SimulatedVending(options);
  try {
    simulation.sendEvent();
    await simulation.settle();
    expect(simulation.outcomes.map(({ type }) => type)).toEqual(['Account Vended']);
    return simulation.organization.calls.flatMap((call) => {
      const { service, callerFunction, principal } = call;
      if (callerFunction === null || principal?.kind !== 'session' || service === 'sts') return [];
      return actionsIn(call).map(
        (action) => `${callerFunction} in the ${kindOf(principal.accountId)} account: ${action}`,
      );
    });
  } finally {
    simulation.stop();
  }
}

type Call = SimulatedVending['organization']['calls'][number];

function actionsIn({ service, operation, input }: Call): readonly string[] {
  if (service === 'lambda') return ['lambda:InvokeFunction'];
  const isTagged = operation === 'CreateAccount' && ((input as { Tags?: unknown[] }).Tags ?? []).length > 0;
  return [`${service}:${operation}`, ...(isTagged ? ['organizations:TagResource'] : [])];
}

function kindOf(accountId: string): 'management' | 'automation' | 'member' {
  if (accountId === managementAccountId) return 'management';
  return accountId === automationAccountId ? 'automation' : 'member';
}

const listed = stepNames.flatMap((state) =>
  (['management', 'automation', 'member'] as const).flatMap((column) =>
    (functionPermissions[state][column] ?? []).map((action) => `${state} in the ${column} account: ${action}`),
  ),
);

/** What a step may do by a policy of AWS stands in that policy. */
const byPolicyOfAws = stepNames.flatMap((state) =>
  (functionPermissions[state].managementPolicies ?? []).flatMap((name) => {
    const { Statement } = JSON.parse(attachableDocument(`arn:aws:iam::aws:policy/${name}`) ?? '{}') as Document;
    return Statement.flatMap(({ Action }) => Action).map((action) => `${state} in the management account: ${action}`);
  }),
);

describe('what steps do', () => {
  it.each([
    [
      'an account with everything is vended',
      { configuration: everything },
      'CheckAccount in the management account: organizations:DescribeCreateAccountStatus',
    ],
    [
      'the answer of CreateAccount is lost',
      lostAnswer,
      'CheckAccount in the management account: organizations:ListCreateAccountStatus',
    ],
  ])('is in their rows when %s', async (_, options, telling) => {
    const done = new Set(await actionsOf(options));

    expect(done).toContain(telling);
    const allowed = [...listed, ...byPolicyOfAws];
    expect([...done].filter((action) => !allowed.includes(action))).toEqual([]);
  });
});
