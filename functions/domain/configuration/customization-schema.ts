import * as z from 'zod';

import { ManagedPolicyArnSchema, RoleNameSchema } from '../base/aws-names';

/** What a build has to be told to do. One of the two, which `customization-faults.ts` asks for. */
const WORK = {
  command: z
    .string()
    .min(1, 'must not be empty')
    .max(8000, 'must have at most 8000 characters: put a longer script into the source, and call it')
    .optional()
    .describe(
      'Commands of a shell, one a line, run in the folder of the source. The first one that fails ends the build.',
    ),
  buildspec: z
    .string()
    .regex(/^(?!\/)[\w./-]{1,255}\.ya?ml$/, "must be the path of a buildspec in the source, such as 'buildspec.yml'")
    .optional()
    .describe('A buildspec in the source, in place of a command.'),
};

const SourceSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('s3'),
      location: z
        .string()
        .regex(
          /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[\w!.*'()/-]{1,900}$/,
          "must be a bucket and the key of a ZIP file, such as 'my-bucket/network.zip'",
        )
        .describe('The bucket, a slash, and the key of a ZIP file.'),
      version: z
        .string()
        .min(1, 'must not be empty')
        .describe('The version of the object. Another version is another content: it is run again.'),
    }),
    z.strictObject({
      type: z.enum(['github', 'gitlab', 'bitbucket']),
      location: z
        .string()
        .regex(
          /^https:\/\/[\w./~-]{1,500}$/,
          "must be the HTTPS address of a repository, such as 'https://github.com/my-org/network.git'",
        )
        .describe('The HTTPS address of the repository.'),
      connectionArn: z
        .string()
        .regex(
          /^arn:aws[a-z-]*:(?:codeconnections|codestar-connections):[a-z0-9-]+:\d{12}:connection\/[0-9a-f-]{36}$/,
          "must be the ARN of a connection such as 'arn:aws:codeconnections:eu-central-1:333333333333:connection/…'",
        )
        .describe(
          'The connection of AWS CodeConnections by which the repository is read; it is in the automation account.',
        ),
      version: z
        .string()
        .min(1, 'must not be empty')
        .describe('A commit or a tag. What a branch points to may change, and nothing is run again by that.'),
    }),
  ])
  .describe('Where the files come from.');

/** What is run for each account of a landing zone, by AWS CodeBuild in the automation account. */
export const CustomizationSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9](?:[a-z0-9-]{0,26}[a-z0-9])?$/,
      'must have lower-case letters, digits and hyphens only, at most 28',
    )
    .describe('Its name. Under another name it is another customization, with a state of its own.'),
  image: z
    .string()
    .regex(/^[\w.:/@-]{1,255}$/, "must be a container image such as 'aws/codebuild/amazonlinux-aarch64-standard:3.0'")
    .describe('The container image; it has what the commands need, such as Terraform.'),
  source: SourceSchema,
  ...WORK,
  role: z
    .strictObject({
      name: RoleNameSchema.describe('Its name in each account.'),
      managedPolicyArns: z
        .array(ManagedPolicyArnSchema)
        .min(1, 'must list at least one policy')
        .max(10, 'must list at most 10 policies')
        .describe('What it may do.'),
      madeByStackSet: z
        .boolean()
        .optional()
        .describe(
          'true: a stack set of the landing zone makes it, as sealed accounts need it. Absent: a run makes it.',
        ),
    })
    .describe('The role in the account by which the commands work there.'),
  inputs: z
    .array(z.string().regex(/^\w{1,128}$/, 'must be the name of a parameter'))
    .default([])
    .describe('What the commands are told of the account, by the names that stack sets are told it.'),
  environment: z
    .record(
      z.string().regex(/^[A-Za-z_]\w{0,127}$/, 'must be the name of an environment variable'),
      z.string().max(2000, 'must have at most 2000 characters'),
    )
    .default({})
    .describe('Environment variables, the same for all accounts. No secrets: who may see a build sees them.'),
  outputs: z
    .array(z.string().regex(/^[A-Za-z_]\w{0,127}$/, 'must be the name of an environment variable'))
    .max(20, 'must list at most 20 names')
    .default([])
    .describe('Environment variables that the command exports, and that the timeline shows. No secrets.'),
  timeLimitMinutes: z
    .int()
    .min(5, 'must be at least 5')
    .max(480, 'must be at most 480 (eight hours)')
    .describe('After so long a build is ended, and the run fails.'),
  destroy: z
    .strictObject(WORK)
    .optional()
    .describe('What is run when the account is taken out of use. Absent: nothing.'),
});

export type Customization = Readonly<z.infer<typeof CustomizationSchema>>;
