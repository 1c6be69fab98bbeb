import * as z from 'zod';

import { RegionSchema } from '../base/aws-names';

export const AccessStackSchema = z
  .strictObject({
    template: z
      .string()
      .regex(
        /^\w[\w.-]{0,120}\.(?:ya?ml|template)$/,
        "must be the name of a file beside the landing zone's, such as 'access.yaml' (ending in .yaml, .yml or .template)",
      )
      .describe('The file of a CloudFormation template, in the folder of landing zones.'),
    regions: z
      .array(RegionSchema)
      .min(1, 'must list at least one region')
      .optional()
      .describe("Where its stacks go in the account; the platform's region unless given."),
    removeStackInstances: z
      .boolean()
      .optional()
      .describe('true: its stack goes, with all that it holds, when an account has no more use for it.'),
  })
  .describe(
    'A CloudFormation template that each account gets before all stack sets. AutomationAccountStack makes a stack set of it, ' +
      'meshstack-cf-access-<landing zone>.',
  );
