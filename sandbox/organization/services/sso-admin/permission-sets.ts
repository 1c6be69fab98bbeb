import * as z from 'zod';
import { drawLowerCase } from '../../draw';
import { pageOf } from '../identitystore/identity-store-paging';
import { operation, type Operation } from '../operation';
import { identityCenterHere } from './identity-center-here';
import type { PermissionSet } from './identity-center';
import { conflict, refuseInput } from './sso-admin-errors';
import { instanceArn, instanceOf, page, permissionSetArn, permissionSetOf, ssoTargets } from './sso-admin-input';

const ofPermissionSet = z.object({ InstanceArn: instanceArn, PermissionSetArn: permissionSetArn });

const shape = (one: PermissionSet): object => ({
  Name: one.name,
  PermissionSetArn: one.arn,
  Description: one.description,
  CreatedDate: new Date(one.createdAt),
  SessionDuration: one.sessionDuration,
});

export const permissionSetOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence documented "botocore sso-admin.ListInstances": ListInstances answers Instances
    name: 'ListInstances',
    write: false,
    input: z.object(page),
    answer: (context) => {
      const center = identityCenterHere(context);
      const found = center === null ? [] : [center];
      const Instances = found.map((one) => ({
        InstanceArn: one.instanceArn,
        IdentityStoreId: one.identityStoreId,
        OwnerAccountId: context.state.seed.managementAccountId,
        CreatedDate: new Date(one.createdAt),
        Status: 'ACTIVE',
      }));
      return { Instances };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore sso-admin.CreatePermissionSet": CreatePermissionSet answers PermissionSet
    name: 'CreatePermissionSet',
    write: true,
    input: z.object({
      InstanceArn: instanceArn,
      Name: z
        .string()
        .min(1)
        .max(32)
        .regex(/^[\w+=,.@-]+$/),
      Description: z.string().min(1).max(700).optional(),
      SessionDuration: z.string().min(1).max(100).optional(),
    }),
    targets: (context, { InstanceArn }) => ssoTargets(context, { InstanceArn }),
    answer: (context, input) => {
      const center = instanceOf(context, input);
      if ([...center.permissionSets.values()].some(({ name }) => name === input.Name)) {
        // @evidence reported "github avlcloudtechnologies/terraform-aws-sso#6": ConflictException, "PermissionSet with
        //   name ... already exists."
        throw conflict(`PermissionSet with name ${input.Name} already exists.`);
      }
      const sets = center.instanceArn.replace(':instance/', ':permissionSet/');
      const made: PermissionSet = {
        arn: `${sets}/ps-${drawLowerCase(context.state.random, 16)}`,
        name: input.Name,
        description: input.Description ?? null,
        sessionDuration: input.SessionDuration ?? 'PT1H',
        createdAt: context.now,
      };
      center.permissionSets.set(made.arn, made);
      return { PermissionSet: shape(made) };
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore sso-admin.DeletePermissionSet": DeletePermissionSet answers nothing
    name: 'DeletePermissionSet',
    write: true,
    input: ofPermissionSet,
    targets: (context, input) => ssoTargets(context, input),
    answer: (context, input) => {
      const center = instanceOf(context, input);
      permissionSetOf(center, input);
      const isAssigned = [...center.assignments.values()].some(
        (one) => one.permissionSetArn === input.PermissionSetArn,
      );
      if (isAssigned) {
        // @evidence reported "github hashicorp/terraform-provider-aws#26757, noqdev/iambic permission_set/utils.py":
        //   ConflictException, "Could not delete bec…", in the thread; "PermissionSet has ApplicationProfile associated
        //   with it." in the code; that both are one message is our reading
        throw conflict('Could not delete because PermissionSet has ApplicationProfile associated with it.');
      }
      center.permissionSets.delete(input.PermissionSetArn);
      return {};
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore sso-admin.DescribePermissionSet": DescribePermissionSet answers PermissionSet
    name: 'DescribePermissionSet',
    write: false,
    input: ofPermissionSet,
    targets: (context, input) => ssoTargets(context, input),
    answer: (context, input) => ({ PermissionSet: shape(permissionSetOf(instanceOf(context, input), input)) }),
  }),
  operation(refuseInput, {
    // @evidence documented "botocore sso-admin.ListPermissionSets": ListPermissionSets answers PermissionSets
    name: 'ListPermissionSets',
    write: false,
    input: z.object({ InstanceArn: instanceArn, ...page }),
    targets: (context, { InstanceArn }) => ssoTargets(context, { InstanceArn }),
    answer: (context, input) => {
      const { items, rest } = pageOf([...instanceOf(context, input).permissionSets.keys()], input);
      return { PermissionSets: items, ...rest };
    },
  }),
];
