import * as z from 'zod';
import { PermissionSetArnSchema } from '../base/aws-names';

export const ProjectRoleRefSchema = z.strictObject({
  name: z.string().min(1, 'must name a project role of meshStack'),
  kind: z.literal('meshProjectRole').optional(),
});

const AwsRoleSchema = z.string().min(1, 'must name the role: it becomes part of the group name');

const PermissionSetArnsSchema = z.array(PermissionSetArnSchema).min(1, 'must list at least one permission set');

/** Maps project roles to permission sets: users with the project role get them through one group for each `awsRole`. */
export const RoleMappingSchema = z.strictObject({
  projectRoleRef: ProjectRoleRefSchema,
  awsRole: AwsRoleSchema,
  permissionSetArns: PermissionSetArnsSchema,
});

/**
 * The same on a landing zone, where meshStack calls the fields `platformRole` and `policies`. The platform's names are
 * understood too, so that a mapping can be moved from one file to the other.
 */
export const LandingZoneRoleMappingSchema = z.union([
  z
    .strictObject({
      projectRoleRef: ProjectRoleRefSchema,
      platformRole: AwsRoleSchema,
      policies: PermissionSetArnsSchema,
    })
    .transform(({ projectRoleRef, platformRole, policies }): RoleMapping => ({
      projectRoleRef,
      awsRole: platformRole,
      permissionSetArns: policies,
    })),
  RoleMappingSchema,
]);

export type RoleMapping = Readonly<z.infer<typeof RoleMappingSchema>>;
