import { nearest } from '../../domain/base/nearest-name';
import { isAccessStackSet } from '../../domain/configuration/access-stack';
import type { LandingZone } from '../../domain/configuration/landing-zone';
import { ALWAYS_PASSED, isTagParameter, SOMETIMES_PASSED } from '../../domain/stack-sets/landing-zone-parameters';
import type { LandingZoneFunctionLookup } from '../../ports/invoked-functions';
import type { StackSetDescription, StackSetKey, StackSets } from '../../ports/stack-sets';
import { type Check, failed, type Finding, ok } from '../check';

/**
 * The role that OpenAccount makes for stack sets; null: none is configured, and the operator makes it some other way.
 */
export type ExecutionRole = { readonly name: string; readonly trustedRoleArns: readonly string[] } | null;

/**
 * Each stack set that a landing zone names is there, works by itself managed roles, and can be given what it asks for.
 */
export const stackSetChecks = (
  stackSets: Pick<StackSets, 'describe'>,
  all: readonly StackSetKey[],
  executionRole: ExecutionRole,
  entering: string,
): readonly Check[] =>
  all.flatMap((key) => {
    const place = `${key.homeRegion}/${key.name}`;
    const exists = `stack-set-exists:${place}`;
    const described = async (judge: (description: StackSetDescription) => Finding): Promise<Finding> => {
      const description = await stackSets.describe(key);
      return description === undefined ? absent(key) : judge(description);
    };
    return [
      {
        id: exists,
        sentence: `The stack set ${key.name} exists in ${key.homeRegion} of the automation account.`,
        needs: [entering],
        judge: () => described(({ takesManyOperations }) => (takesManyOperations ? ok() : oneAtATime(key))),
      },
      {
        id: `stack-set-permissions:${place}`,
        sentence: `The stack set ${key.name} has self-managed permissions and the configured execution role, which trusts its administration role.`,
        needs: [exists],
        judge: () => described((description) => permissions(key, description, executionRole)),
      },
      {
        id: `stack-set-parameters:${place}`,
        sentence: `Every parameter that the stack set ${key.name} declares has a value.`,
        needs: [exists],
        judge: () => described((description) => parameters(key, description)),
      },
    ];
  });

/** No fault: all works, one vending after the other. */
const oneAtATime = ({ name, homeRegion }: StackSetKey): Finding =>
  ok(
    'Managed execution is off, so this stack set works on one account at a time, and vendings wait in line for it. To activate it: aws cloudformation ' +
      `update-stack-set --stack-set-name ${name} --region ${homeRegion} --use-previous-template --managed-execution Active=true`,
  );

const absent = ({ name, homeRegion }: StackSetKey): Finding =>
  failed(
    `There is no stack set ${name} in ${homeRegion} of the automation account.`,
    isAccessStackSet(name) ? deployIn(homeRegion) : CREATE_IT,
  );

const deployIn = (region: string): string =>
  `Deploy AutomationAccountStack in ${region} with this configuration: it makes the stack set of an accessStack.`;

const CREATE_IT =
  'Create it there with self-managed permissions (aws cloudformation create-stack-set --permission-model SELF_MANAGED), or correct stackSets (name, ' +
  'homeRegion) of the landing zone and deploy AutomationAccountStack, then VendingStack.';

function permissions(
  { name }: StackSetKey,
  { isSelfManaged, executionRoleName, administrationRoleArn }: StackSetDescription,
  executionRole: ExecutionRole,
): Finding {
  if (!isSelfManaged) {
    return failed(
      `The stack set ${name} has service-managed permissions, so it takes organizational units and no single accounts.`,
      'Create it again with --permission-model SELF_MANAGED; the permission model of a stack set cannot be changed.',
    );
  }
  if (executionRole === null) return ok();
  if (executionRoleName === null || executionRoleName === executionRole.name)
    return administrationRoleArn === null || executionRole.trustedRoleArns.includes(administrationRoleArn)
      ? ok()
      : untrusted(name, administrationRoleArn, executionRole);
  return failed(
    `The stack set ${name} works with the role ${executionRoleName}; accounts get the role ${executionRole.name}.`,
    `Set stackSetExecutionRole.name in platform.json to ${executionRoleName} and deploy all stacks, or update the stack set: aws cloudformation ` +
      `update-stack-set --stack-set-name ${name} --use-previous-template --execution-role-name ${executionRole.name}.`,
  );
}

const untrusted = (name: string, arn: string, { trustedRoleArns }: NonNullable<ExecutionRole>): Finding =>
  failed(
    `The stack set ${name} is administered by ${arn}, which the execution role in accounts does not trust.`,
    `Name it in stackSetExecutionRole.administrationRoleArns in platform.json, beside ${trustedRoleArns.join(' and ')} where other stack sets work by that, ` +
      'deploy VendingStack, and send each tenant again, or update the stack set with another --administration-role-arn.',
  );

/** What it declares and we know is passed; the rest keeps the values of the stack set, which has to have some. */
function parameters({ name }: StackSetKey, { declaredParameters, valuelessParameters }: StackSetDescription): Finding {
  const passed = declaredParameters.filter((one) => ALWAYS_PASSED.includes(one));
  const perhaps = declaredParameters.filter((one) => SOMETIMES_PASSED.includes(one) || isTagParameter(one));
  const unmet = valuelessParameters.filter((one) => !passed.includes(one));
  const told = [
    passed.length === 0 ? 'None of its parameters is passed' : `Passed: ${passed.join(', ')}`,
    ...(perhaps.length === 0 ? [] : [`passed where the tenant has such a tag: ${perhaps.join(', ')}`]),
  ].join('; ');
  if (unmet.length === 0) return ok(`${told}.`);
  return failed(
    `The stack set ${name} gives no value to ${unmet.map(named).join(', ')}, and neither do we in every case.`,
    'Give each a default in the template or a value in the stack set, or name it after something that is passed: ' +
      `${ALWAYS_PASSED.join(', ')}, or tag<Key> for a tag.`,
  );
}

function named(parameter: string): string {
  const meant = isTagParameter(parameter) ? undefined : nearest(parameter, [...ALWAYS_PASSED, ...SOMETIMES_PASSED]);
  return meant === undefined ? parameter : `${parameter} (${meant}?)`;
}

/** Each function that a landing zone names is there. It is not run. */
export const landingZoneFunctionChecks = (
  functions: LandingZoneFunctionLookup,
  landingZones: readonly LandingZone[],
  entering: string,
): readonly Check[] =>
  landingZones.flatMap(({ name, awsLambdaArn }) =>
    awsLambdaArn === null
      ? []
      : [
          {
            id: `landing-zone-function:${name}`,
            sentence: `The function of landing zone "${name}" exists.`,
            needs: [entering],
            judge: async () => ((await functions.exists(awsLambdaArn)) ? ok() : noSuchFunction(name, awsLambdaArn)),
          },
        ],
  );

const noSuchFunction = (landingZone: string, arn: string): Finding =>
  failed(
    `There is no function ${arn}.`,
    `Deploy it in the automation account, or correct awsLambdaArn in landing-zones/${landingZone}.json and deploy AutomationAccountStack, then VendingStack.`,
  );
