import * as z from 'zod';

/*
 * What `npm run demo -- --json` prints, written down again from its description: consumers rely on these fields.
 */

const Instant = z.iso.datetime();
const Tags = z.record(z.string(), z.string());
const AccountId = z.string().regex(/^\d{12}$/);

const Vending = z.object({
  tenantUuid: z.guid(),
  status: z.string(),
  accountId: AccountId.nullable(),
  accountName: z.string().nullable(),
  email: z.string().nullable(),
  alias: z.string().nullable(),
  ouId: z.string().nullable(),
  tags: Tags.nullable(),
  trigger: z.enum(['event', 'api']),
  seconds: z.number().nonnegative(),
  timeline: z.array(
    z.object({ state: z.string(), startedAt: Instant, finishedAt: Instant.nullable(), attempts: z.int().min(1) }),
  ),
});

/** Decoded: an object, not the text of one. */
const PolicyDocument = z.looseObject({ Statement: z.array(z.unknown()) });

const Role = z.object({
  name: z.string(),
  trust: PolicyDocument,
  attachedPolicies: z.array(z.object({ name: z.string(), arn: z.string() })),
  permissionsBoundary: z.object({ arn: z.string(), document: z.unknown() }).nullable(),
  inlinePolicies: z.array(z.object({ name: z.string(), document: PolicyDocument })),
});

const StackInstance = z.looseObject({ status: z.string(), parameters: z.record(z.string(), z.string()) });

const Account = z.object({
  id: AccountId,
  name: z.string(),
  email: z.string(),
  ouId: z.string().regex(/^(?:r|ou)-/),
  tags: Tags,
  alias: z.string().nullable(),
  roles: z.array(Role),
  stackInstances: z.array(StackInstance),
  provisionedProduct: z.looseObject({ status: z.string() }).nullable(),
  landingZonePayloads: z.array(z.record(z.string(), z.unknown())),
  groups: z.array(z.object({ id: z.guid(), name: z.string(), members: z.array(z.string()) })),
  assignments: z.array(
    z.object({
      permissionSetArn: z.string(),
      permissionSet: z.string(),
      principalType: z.enum(['GROUP', 'USER']),
      principalId: z.guid(),
      principal: z.string().nullable(),
    }),
  ),
});

const Amount = z.string().regex(/^-?\d+(\.\d+)?$/);

const Metering = z.object({
  month: z.string().regex(/^\d{4}-\d{2}$/),
  state: z.literal('OPEN'),
  currency: z.literal('USD'),
  invoiceTotal: Amount,
  reports: z.int().positive(),
  requests: z.int().positive(),
  tenants: z.array(z.object({ tenantUuid: z.guid(), total: z.string().regex(/^-?\d+\.\d{2}$/) })),
});

export const DemoReportSchema = z.object({
  vendings: z.array(Vending),
  metering: Metering,
  authorization: z.object({
    enforced: z.boolean(),
    calls: z.int().nonnegative(),
    denied: z.int().nonnegative(),
    notYet: z.int().nonnegative(),
    unusedActions: z.array(z.object({ role: z.string(), action: z.string() })),
  }),
  organization: z.looseObject({ accounts: z.array(Account) }),
});

export type DemoReport = z.infer<typeof DemoReportSchema>;

/** What an independent reader has found is what the application tells. */
export function expectFound(
  vending: DemoReport['vendings'][number] | undefined,
  organization: DemoReport['organization'],
): void {
  const found = organization.accounts.find(({ id }) => id === vending?.accountId);
  const { accountName: name, email, alias, ouId, tags } = vending ?? {};
  expect(found).toMatchObject({ name, email, alias, ouId, tags });
  // toMatchObject lets more keys pass.
  expect(Object.keys(found?.tags ?? {}).toSorted()).toEqual(Object.keys(tags ?? {}).toSorted());
}
