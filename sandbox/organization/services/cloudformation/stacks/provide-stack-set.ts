import * as z from 'zod';
import type { CallContext } from '../../operation';
import { ServiceError } from '../../../service-error';
import { makeStackSet } from '../make-stack-set';
import { stackSetKey } from '../stack-set-state';
import { parametersOf } from '../stack-set-template';
import type { WantedResource } from './wanted-resources';

const stackSetProperties = z.object({
  StackSetName: z.string(),
  PermissionModel: z.literal('SELF_MANAGED'),
  AdministrationRoleARN: z.string().optional(),
  ExecutionRoleName: z.string().optional(),
  ManagedExecution: z.object({ Active: z.boolean() }).optional(),
  Parameters: z.array(z.object({ ParameterKey: z.string(), ParameterValue: z.string() })).default([]),
  TemplateBody: z.string().min(1).max(51_200),
});

/** How a stack has its stack set made or changed. */
export interface ProvidedStackSet {
  readonly name: string;
  /** Not of this stack. */
  readonly isTaken: boolean;
  /** @returns what takes it back, or what the handler of the type says where it cannot be done */
  readonly provide: () => (() => void) | string;
}

/**
 * The model deploys no template to the instances that there are; on AWS, the update is an operation on all of them.
 *
 * @evidence documented "botocore cloudformation.UpdateStackInstances": parameters that are overridden in an instance
 *   keep their values there when the stack set is updated
 */
export function stackSetIn(
  context: CallContext,
  { physicalId: id, properties }: WantedResource,
  known: boolean,
): ProvidedStackSet {
  const { state, principal, region } = context;
  const wanted = stackSetProperties.parse(properties);
  const { accountId } = principal;
  const key = stackSetKey(accountId, region, wanted.StackSetName);
  const present = state.stackSets.get(key);
  return {
    name: wanted.StackSetName,
    isTaken: present !== undefined && !known,
    provide: () => {
      const template = wanted.TemplateBody;
      try {
        const parameters = parametersOf(template, wanted.Parameters);
        const made = makeStackSet(state, {
          id,
          accountId,
          region,
          name: wanted.StackSetName,
          template,
          parameters,
          administrationRoleArn: wanted.AdministrationRoleARN,
          executionRoleName: wanted.ExecutionRoleName,
          managedExecution: wanted.ManagedExecution?.Active,
        });
        state.stackSets.set(key, { ...made, ...present, template, parameters });
      } catch (error) {
        if (error instanceof ServiceError) return error.message;
        throw error;
      }
      return () => {
        if (present === undefined) state.stackSets.delete(key);
        else state.stackSets.set(key, present);
      };
    },
  };
}

/**
 * @evidence documented AWSCloudFormation/latest/APIReference/API_DeleteStackSet: a stack set that has instances is not
 *   deleted
 * @evidence reported "github aws-cloudformation/aws-cloudformation-resource-providers-cloudformation#6": the handler
 *   deletes the instances that its template names, and no others, before it deletes the stack set
 * @returns whether it is gone
 */
export function removeStackSet({ state, principal, region }: CallContext, id: string): boolean {
  const key = stackSetKey(principal.accountId, region, id.replace(/:.*$/u, ''));
  const hasInstances = [...state.stackSets].some(([one, { instances }]) => one === key && instances.size > 0);
  if (!hasInstances) state.stackSets.delete(key);
  return !hasInstances;
}
