import * as z from 'zod';
import { isMalformed } from '../../authorization/policy-simulation';
import { operation, type CallContext, type Operation, type Target } from '../operation';
import { refuseQueryInput, validationError } from '../query-input';
import { limitExceeded, malformedDocument, noSuchEntity } from './iam-errors';
import { charactersIn, page, policyArn, policyDocument, policyName, policyPathPrefix, roleName } from './iam-input';
import { pageOf } from './iam-paging';
import { isPolicyOf } from './managed-policy';
import { findModifiableRole, findRole, modificationTarget, propagatedAt, replaced, roleTarget } from './own-account';
import { urlEncoded } from './url-encoded';

const attachment = z.object({ RoleName: roleName, PolicyArn: policyArn });
const named = z.object({ RoleName: roleName, PolicyName: policyName });
const putInput = named.extend({ PolicyDocument: policyDocument });

function attach(context: CallContext, input: z.infer<typeof attachment>): object {
  const role = findModifiableRole(context, input.RoleName);
  // @evidence recorded "localstack iam/test_iam test_role_attach_policy, 2025-06-19": ValidationError, 400, "Invalid
  //   ARN: Could not be parsed!"
  if (!input.PolicyArn.startsWith('arn:')) throw validationError('Invalid ARN:  Could not be parsed!');
  if (!isPolicyOf(context.state, context.principal.accountId, input.PolicyArn)) {
    // @evidence recorded "localstack iam/test_iam test_role_attach_policy, 2025-06-19": NoSuchEntity, 404, "Policy
    //   <arn> does not exist or is not attachable."
    throw noSuchEntity(`Policy ${input.PolicyArn} does not exist or is not attachable.`);
  }
  if (role.attached.has(input.PolicyArn)) {
    return {};
  }
  const limit = context.state.limits.managedPoliciesPerRole;
  if (role.attached.size >= limit) {
    // @evidence reported "github ministryofjustice/cloud-platform-environments#14118": LimitExceeded, "Cannot exceed
    //   quota for PoliciesPerRole: 15"
    throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${limit}`);
  }
  const name = input.PolicyArn.split('/').at(-1) ?? input.PolicyArn;
  role.attached.set(input.PolicyArn, { name, effectiveAt: propagatedAt(context) });
  return {};
}

/** What is between `policy` and the name: `/`, or `/job-function/`. */
const pathOf = (arn: string): string => arn.slice(arn.indexOf('/'), arn.lastIndexOf('/') + 1);

async function put(context: CallContext, input: z.infer<typeof putInput>): Promise<object> {
  const role = findModifiableRole(context, input.RoleName);
  if (await isMalformed(input.PolicyDocument, 'identity')) {
    // @evidence documented "botocore iam.PutRolePolicy": MalformedPolicyDocument for a document that is no policy
    throw malformedDocument('Syntax errors in policy.');
  }
  const others = [...role.inline].filter(([name]) => name !== input.PolicyName).map(([, { document }]) => document);
  const limit = context.state.limits.inlinePolicyCharactersPerRole;
  if (charactersIn(...others, input.PolicyDocument) > limit) {
    // @evidence reported "github aws-amplify/amplify-cli#4369": LimitExceeded, 409, "Maximum policy size of 10240 bytes
    //   exceeded for role <name>"
    throw limitExceeded(`Maximum policy size of ${limit} bytes exceeded for role ${input.RoleName}`);
  }
  role.inline.set(input.PolicyName, replaced(context, role.inline.get(input.PolicyName), input.PolicyDocument));
  return {};
}

/** `iam:PolicyARN` lets a policy say which managed policies may be attached. */
function attachmentTarget(context: CallContext, input: z.infer<typeof attachment>): readonly Target[] {
  return modificationTarget(context, input).map(({ conditions, ...target }) => ({
    ...target,
    conditions: { ...conditions, 'iam:PolicyARN': input.PolicyArn },
  }));
}

const attachedPolicyOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:AttachRolePolicy": AttachRolePolicy answers nothing
    name: 'AttachRolePolicy',
    write: true,
    input: attachment,
    targets: attachmentTarget,
    answer: attach,
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore iam.DetachRolePolicy": DetachRolePolicy answers nothing
    name: 'DetachRolePolicy',
    write: true,
    input: attachment,
    targets: attachmentTarget,
    answer: (context, input) => {
      if (!findModifiableRole(context, input.RoleName).attached.delete(input.PolicyArn)) {
        // @evidence documented "botocore iam.DetachRolePolicy": NoSuchEntity for a policy that is not attached
        throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`);
      }
      return {};
    },
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:ListAttachedRolePolicies": ListAttachedRolePolicies answers
    //   AttachedPolicies
    name: 'ListAttachedRolePolicies',
    write: false,
    input: z.object({ RoleName: roleName, PathPrefix: policyPathPrefix, ...page }),
    targets: roleTarget,
    answer: (context, input) => {
      const attached = [...findRole(context, input.RoleName).attached];
      const paged = pageOf(
        attached.filter(([arn]) => pathOf(arn).startsWith(input.PathPrefix)),
        input,
      );
      const policies = paged.items.map(([arn, { name }]) => ({ PolicyName: name, PolicyArn: arn }));
      return { AttachedPolicies: policies, ...paged.rest };
    },
  }),
];

const inlinePolicyOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:PutRolePolicy": PutRolePolicy answers nothing
    name: 'PutRolePolicy',
    write: true,
    input: putInput,
    targets: modificationTarget,
    answer: put,
  }),
  operation(refuseQueryInput, {
    // @evidence recorded "localstack iam/test_iam test_put_role_policy_encoding, 2025-03-06": GetRolePolicy answers
    //   RoleName, PolicyName and PolicyDocument, which is as it was put
    name: 'GetRolePolicy',
    write: false,
    input: named,
    targets: roleTarget,
    answer: (context, input) => {
      const policy = findRole(context, input.RoleName).inline.get(input.PolicyName);
      if (policy === undefined) {
        // @evidence documented "botocore iam.GetRolePolicy": NoSuchEntity for a name that no inline policy of the role
        //   has
        throw noSuchEntity(`The role policy with name ${input.PolicyName} cannot be found.`);
      }
      return { ...input, PolicyDocument: urlEncoded(policy.document) };
    },
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:DeleteRolePolicy": DeleteRolePolicy answers nothing
    name: 'DeleteRolePolicy',
    write: true,
    input: named,
    targets: modificationTarget,
    answer: (context, input) => {
      if (!findModifiableRole(context, input.RoleName).inline.delete(input.PolicyName)) {
        // @evidence documented "botocore iam.DeleteRolePolicy": NoSuchEntity for a name that no inline policy of the
        //   role has
        throw noSuchEntity(`The role policy with name ${input.PolicyName} cannot be found.`);
      }
      return {};
    },
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:ListRolePolicies": ListRolePolicies answers PolicyNames
    name: 'ListRolePolicies',
    write: false,
    input: z.object({ RoleName: roleName, ...page }),
    targets: roleTarget,
    answer: (context, input) => {
      const paged = pageOf([...findRole(context, input.RoleName).inline.keys()], input);
      return { PolicyNames: paged.items, ...paged.rest };
    },
  }),
];

export const rolePolicyOperations: readonly Operation[] = [...attachedPolicyOperations, ...inlinePolicyOperations];
