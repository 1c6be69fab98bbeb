import * as z from 'zod';

import { TextSchema } from '../base/pattern-schema';

/** As meshStack comes: its own roles, under the names that role mappings know. */
const STANDARD_ROLES = { 'Project Admin': 'admin', 'Project User': 'user', 'Project Reader': 'reader' };

/** A meshStack whose tenants are read, and which is told how their vendings stand. */
export const MeshStackSchema = z
  .strictObject({
    endpoint: z
      .string()
      .regex(
        /^(?:https:\/\/[\w.-]+|http:\/\/127\.0\.0\.1)(?::\d{1,5})?$/u,
        "must be the address of meshStack's API, such as 'https://meshstack.corp.example', without a path",
      )
      .describe("Where meshStack's API is; what comes before /api."),
    platformIdentifier: z
      .string()
      .regex(/^[\w-]+\.[\w-]+$/u, "must be '<platform>.<location>', as meshStack shows it")
      .describe('The platform whose tenants are vended, with its location.'),
    platformUuid: z.guid('must be a uuid').describe('The uuid of that platform.'),
    platformTypeIdentifier: TextSchema.default('AWS').describe(
      'What meshStack calls the type of that platform: AWS for the built-in one, the name of your own type for a custom platform.',
    ),
    contactEmail: z
      .string()
      .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/u, 'must be an e-mail address')
      .describe("Stands for a project's creator while nobody has a role in the project."),
    projectRoles: z
      .record(TextSchema, TextSchema)
      .default(STANDARD_ROLES)
      .describe(
        'What bindings call a project role, and what role mappings (projectRoleRef) call it. One that is not listed keeps its name.',
      ),
    firstTenantPlatformNumber: z
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .default(1)
      .describe(
        "The first tenantPlatformNumber. meshStack's API does not tell its own: behind meshStack's own connector, begin above the highest.",
      ),
    deletionsNeedApproval: z
      .boolean()
      .default(true)
      .describe(
        'false: every landing zone of the platform approves deletions by itself (automateDeletionApproval), so a tenant that is marked for ' +
          'deletion is closed and meshStack is not asked.',
      ),
    pollMinutes: z
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(60, 'must be at most 60')
      .default(5)
      .describe('How often meshStack is asked what has changed.'),
    buildingBlockRunnerUuid: z
      .guid('must be a uuid')
      .optional()
      .describe(
        'The runner whose building block runs show how vendings stand. Absent: nothing is written to meshStack.',
      ),
  })
  .describe('The meshStack that desired states are read from. Without this block others send them.');

export type MeshStackConfiguration = Readonly<z.infer<typeof MeshStackSchema>>;
