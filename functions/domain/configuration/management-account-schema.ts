import * as z from 'zod';
import { PermissionSetArnSchema } from '../base/aws-names';

/** Who may get into the management account, which is nobody without this. */
export const ManagementAccountAccessSchema = z
  .strictObject({
    permissionSetArns: z
      .array(PermissionSetArnSchema)
      .min(1, 'must list at least one permission set')
      .describe('What may be given in the management account, and what may be taken away there: nothing else.'),
  })
  .describe(
    'Lets a tenant give people access to the management account, by a landing zone with managementAccount. Absent: nobody gets into it by a tenant.',
  );
