import { AUTOMATION_CLASSES, MANAGEMENT_CLASSES } from '../../../../functions/aws/permissions/step-permissions';
import {
  functionsInAutomation,
  functionsInManagement,
} from '../../../../functions/aws/permissions/function-permissions';
import { loadConfiguration } from '../../../../infra/config';
import { functions } from '../../../../infra/functions';
import { deployedRoles, synthesizedTemplates } from '../../../../sandbox/organization/authorization/deployed-roles';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../../../sandbox/organization/example-organization';
import type { ServiceRoleSeed } from '../../../../sandbox/organization/organization-seed';
import { ServiceError } from '../../../../sandbox/organization/service-error';
import { AUTOMATION, MANAGEMENT, organizationUnderTest } from '../organization-under-test';

const PREVIOUS = 'the-external-id-before-1';
const seed = exampleOrganization();
const templates = synthesizedTemplates(loadConfiguration('sandbox/config'));

const rolesWith = (previousExternalId?: string): readonly ServiceRoleSeed[] =>
  deployedRoles(templates, seed, {
    partition: 'aws',
    region: 'eu-central-1',
    externalId: EXAMPLE_EXTERNAL_ID,
    ...(previousExternalId === undefined ? {} : { previousExternalId }),
  });

const mayAskForAnything = {
  ask: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }] },
};

/**
 * Every role of the meshcloud account may ask for any role, so that nothing but the trust over there can refuse; with
 * some that no template has.
 */
function withEagerFunctions(roles: readonly ServiceRoleSeed[]): readonly ServiceRoleSeed[] {
  const others = ['CreateAccountToo', 'Nobody'].map((name) => `vending-${name}`);
  const made = others.map((name) => ({ accountId: seed.meshcloudAccountId, name, trust: roles[0]?.trust ?? {} }));
  return [...roles, ...made].map((role) =>
    role.accountId === seed.meshcloudAccountId ? { ...role, inlinePolicies: mayAskForAnything } : role,
  );
}

const functionNames = Object.keys(functions);
const FUNCTIONS = [...functionNames, 'CreateAccountToo', 'Nobody'];

interface Trusting {
  readonly name: string;
  readonly roleArn: string;
  readonly trusted: readonly string[];
}

const SERVICE_ROLES: readonly Trusting[] = [
  ...MANAGEMENT_CLASSES.map((ofClass) => ({
    name: `MeshfedServiceRole-${ofClass}`,
    roleArn: `arn:aws:iam::${MANAGEMENT}:role/MeshfedServiceRole-${ofClass}`,
    trusted: functionsInManagement(ofClass),
  })),
  ...AUTOMATION_CLASSES.map((ofClass) => ({
    name: `MeshfedAutomationRole-${ofClass}`,
    roleArn: `arn:aws:iam::${AUTOMATION}:role/MeshfedAutomationRole-${ofClass}`,
    trusted: functionsInAutomation(ofClass),
  })),
  {
    name: 'MeshCostExplorerServiceRole',
    roleArn: `arn:aws:iam::${MANAGEMENT}:role/MeshCostExplorerServiceRole`,
    trusted: ['CollectCosts', 'RunPreflight'],
  },
];

type Given = 'right' | 'previous' | 'wrong' | 'absent';

const EXTERNAL_IDS: Readonly<Record<Given, string | undefined>> = {
  right: EXAMPLE_EXTERNAL_ID,
  previous: PREVIOUS,
  wrong: `${EXAMPLE_EXTERNAL_ID}x`,
  absent: undefined,
};

const EACH = ['right', 'previous', 'wrong', 'absent'] as const;

/**
 * Which functions get in with each of these ExternalIds, or without any. They call without SDK and wire, which would
 * take most of the time.
 */
async function admitted(
  roles: readonly ServiceRoleSeed[],
  RoleArn: string,
  ...givens: readonly Given[]
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { organization } = organizationUnderTest({ authorization: roles });
  const admittedWith = async (ExternalId: string | undefined): Promise<readonly string[]> => {
    const names: string[] = [];
    for (const app of FUNCTIONS) {
      const call = organization.call({
        caller: { accessKeyId: '000000000000', region: 'us-east-1', service: 'sts', callerFunction: app },
        sessionToken: '',
        operation: 'AssumeRole',
        input: { RoleSessionName: 'under-test', RoleArn, ...(ExternalId === undefined ? {} : { ExternalId }) },
      });
      const outcome = await refusalOf(call);
      expect([undefined, 'AccessDenied']).toContain(outcome);
      if (outcome === undefined) names.push(app);
    }
    return names.toSorted();
  };
  const found: Record<string, readonly string[]> = {};
  for (const given of givens) found[given] = await admittedWith(EXTERNAL_IDS[given]);
  return found;
}

/** The code of the error with which a call was refused. */
async function refusalOf(call: Promise<object>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return error instanceof ServiceError ? error.code : String(error);
  }
}

describe.each(SERVICE_ROLES)('$name as it is deployed', ({ roleArn, trusted }) => {
  const those = trusted.toSorted();

  it('lets in the functions of its trust with the right ExternalId, and nobody else with any', async () => {
    expect(await admitted(withEagerFunctions(rolesWith()), roleArn, ...EACH)).toEqual({
      right: those,
      previous: [],
      wrong: [],
      absent: [],
    });
  });

  it('takes the ExternalId before as well while that is being changed', async () => {
    expect(await admitted(withEagerFunctions(rolesWith(PREVIOUS)), roleArn, ...EACH)).toEqual({
      right: those,
      previous: those,
      wrong: [],
      absent: [],
    });
  });

  it('is asked for by no function that has no business there: their own roles do not let them', async () => {
    const eager = rolesWith().map((role) =>
      roleArn.endsWith(`/${role.name}`) ? { ...role, trust: anybodyIn(seed.meshcloudAccountId) } : role,
    );
    const { right } = await admitted(eager, roleArn, 'right');
    expect(right).toEqual(those.filter((name) => functionNames.some((known) => known === name)));
  });
});

const anybodyIn = (accountId: string): object & ServiceRoleSeed['trust'] => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' }],
});
