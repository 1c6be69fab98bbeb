import * as z from 'zod';
import { judgedPoliciesOf } from '../../authorization/judged-principal';
import { PolicySimulation } from '../../authorization/policy-simulation';
import { scpLevels } from '../../authorization/service-control-policies';
import type { Role } from '../../organization-state';
import { operation, type CallContext, type Operation } from '../operation';
import { queryList, refuseQueryInput } from '../query-input';
import { effectiveBoundary } from './effective-policies';
import { noSuchEntity } from './iam-errors';
import { page, policyArn } from './iam-input';
import { pageOf } from './iam-paging';
import { ownAccount } from './own-account';

const simulation = new PolicySimulation();

const simulateInput = z.object({
  PolicySourceArn: policyArn,
  ActionNames: queryList(z.string().min(3).max(128)),
  ResourceArns: queryList(z.string().min(1).max(2048)).optional(),
  ContextEntries: queryList(
    z.object({ ContextKeyName: z.string(), ContextKeyType: z.string(), ContextKeyValues: queryList(z.string()) }),
  ).optional(),
  ...page,
});

type SimulateInput = z.infer<typeof simulateInput>;

/**
 * "SimulatePrincipalPolicy" of the IAM API Reference: the policies of a role, without its trust, and the service
 * control policies above the account.
 *
 * @evidence documented IAM/APIReference/API_SimulatePrincipalPolicy: identity-based policies and service control
 *   policies are evaluated, resource control policies are not
 */
async function simulate(context: CallContext, input: SimulateInput): Promise<object> {
  const role = findByArn(context, input.PolicySourceArn);
  const resources = input.ResourceArns ?? ['*'];
  const conditions = Object.fromEntries(
    (input.ContextEntries ?? []).map(({ ContextKeyName, ContextKeyValues }) => [
      ContextKeyName,
      ContextKeyValues[0] ?? '',
    ]),
  );
  const boundary = effectiveBoundary(context.state, role, context.now);
  const questions = input.ActionNames.flatMap((action) => resources.map((resource) => ({ action, resource })));
  const results = await Promise.all(
    questions.map(async ({ action, resource }) => {
      const verdict = await simulation.judge({
        action,
        resource,
        conditions,
        principalArn: role.arn,
        resourceAccountId: role.accountId,
        identityPolicies: judgedPoliciesOf(context, role),
        ...(boundary === null ? {} : { boundary }),
        scpLevels: scpLevels(context.state, role.accountId),
      });
      const denied = verdict.explicitDeny ? 'explicitDeny' : 'implicitDeny';
      return { EvalActionName: action, EvalResourceName: resource, EvalDecision: verdict.allowed ? 'allowed' : denied };
    }),
  );
  const paged = pageOf(results, input);
  return { EvaluationResults: paged.items, ...paged.rest };
}

function findByArn(context: CallContext, arn: string): Role {
  const role = [...ownAccount(context).roles.values()].find((one) => one.arn === arn);
  if (role === undefined) {
    // @evidence documented "botocore iam.SimulatePrincipalPolicy": NoSuchEntity for an ARN that nobody has
    throw noSuchEntity(`The principal ${arn} cannot be found.`);
  }
  return role;
}

export const simulatedPolicyOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence recorded "localstack iam/test_iam test_simulate_principle_policy[role], 2025-04-21":
    //   SimulatePrincipalPolicy answers EvaluationResults: allowed, or implicitDeny where no policy speaks of it
    name: 'SimulatePrincipalPolicy',
    write: false,
    input: simulateInput,
    targets: (_context, { PolicySourceArn }) => [{ resource: PolicySourceArn }],
    answer: simulate,
  }),
];
