import * as z from 'zod/mini';

import { ExecutionRoleSchema, type TrustInMembers } from '../domain/access/role-trust';
import { accountOfRole } from '../domain/configuration/service-accounts';
import type { Environment } from './environment';

/**
 * The principals that may be let into accounts by roles that are created there. Neither the plan nor the ledger decides
 * that: the CDK app has put it into the function's environment, and an account that is enrolled trusts the one in which
 * our own role is.
 */
export const trustInMembers = (of: Environment): TrustInMembers => ({
  executionRole: z.parse(z.nullable(ExecutionRoleSchema), JSON.parse(of('STACK_SET_EXECUTION_ROLE'))),
  customizationRoles: z.parse(z.array(ExecutionRoleSchema), JSON.parse(of('CUSTOMIZATION_ROLES'))),
  managementAccountId: accountOfRole(of('MANAGEMENT_ROLE_ARN')),
});
