import * as z from 'zod/mini';
import { described } from './described';
import { type Checked, type Fault, refused } from './fault';
import { faultsOf } from './schema-faults';
import { AnyNumber, AnyText, Texts } from './plain-schemas';

const SIZE_LIMIT_BYTES = 256 * 1024;

/** Tags have several values each, as in meshStack's API. */
const TagsSchema = z._default(z.record(AnyText, Texts), {});

const MaybeText = z.nullish(AnyText);

/** Lower case, so that one tenant has one key however its uuid is spelt. */
const UuidSchema = z.guid('must be a uuid').check(z.toLowerCase());

/** Character rules and lengths are the plan's business: their limits are configuration. */
const IdentifierSchema = z.string().check(z.minLength(1, 'must not be empty'));

const WholeNumberSchema = z.int('must be a whole number').check(z.gte(0, 'must not be negative'));

const TenantSchema = z.object({
  apiVersion: AnyText,
  kind: z.literal('meshTenant'),
  metadata: z.object({
    uuid: described(UuidSchema, 'The key of everything; identifiers can be used again, this never.'),
    ownedByWorkspace: IdentifierSchema,
    ownedByProject: IdentifierSchema,
  }),
  spec: z.object({
    platformRef: z.object({ kind: z.literal('meshPlatform'), uuid: AnyText }),
    landingZoneRef: z.object({
      kind: z.literal('meshLandingZone'),
      name: described(IdentifierSchema, 'A configured landing zone.'),
    }),
    platformTenantId: described(
      MaybeText,
      'The id of an existing account: the one that the tenant has, or one that is to be imported. Null: a new one is made.',
    ),
  }),
  status: z.object({
    tenantName: AnyText,
    platformTypeIdentifier: z.literal('AWS'),
    tags: TagsSchema,
    lifecycle: z.object({ state: z.enum(['ACTIVE', 'MARKED_FOR_DELETION', 'DELETED']) }),
  }),
});

const PaymentMethodSchema = z.object({
  metadata: z.object({ name: AnyText }),
  spec: z.object({
    displayName: AnyText,
    expirationDate: MaybeText,
    amount: z.nullish(z.union([AnyNumber, AnyText])),
    tags: TagsSchema,
  }),
});

/** As meshStack resolves it: groups flattened, expired roles left out. */
const UserPermissionSchema = z.object({
  meshIdentifier: AnyText,
  username: AnyText,
  firstName: MaybeText,
  lastName: MaybeText,
  email: MaybeText,
  euid: described(
    MaybeText,
    'The userName in IAM Identity Center. Without it a user cannot be found there and is skipped.',
  ),
  roles: Texts,
});

/**
 * The full wanted state of one tenant: what an event carries as `detail` and the API as its body. Unknown fields are
 * ignored; a known field of the wrong type is a fault. Shapes follow meshStack's meshObjects (meshTenant v4,
 * meshWorkspace v2, meshProject v2, meshPaymentMethod v2).
 */
export const DesiredStateSchema = z.object({
  replicationSequence: described(WholeNumberSchema, 'Rises with every change of the tenant: the newest wins.'),
  trigger: described(MaybeText, 'Why meshStack sent it; for people only.'),
  tenant: TenantSchema,
  tenantPlatformNumber: described(WholeNumberSchema, 'The running number of the tenant on this platform.'),
  meshProjectId: z.nullish(WholeNumberSchema),
  workspace: z.object({
    metadata: z.object({ name: IdentifierSchema, tags: TagsSchema }),
    spec: z.object({ displayName: AnyText }),
  }),
  project: z.object({
    metadata: z.object({ name: IdentifierSchema, ownedByWorkspace: IdentifierSchema }),
    spec: z.object({
      displayName: AnyText,
      tags: TagsSchema,
      paymentMethodIdentifier: MaybeText,
    }),
  }),
  paymentMethod: z.nullish(PaymentMethodSchema),
  projectCreatorEmail: described(AnyText, 'Handed to landing zones as ContactEmail.'),
  userPermissions: described(
    z.optional(z.array(UserPermissionSchema)),
    'Who has which project roles, groups resolved. Absent: nothing is known about people, and members of groups stay as they are. ' +
      'An empty list takes everybody out.',
  ),
});

export type DesiredState = Readonly<z.infer<typeof DesiredStateSchema>>;
export type UserPermission = NonNullable<DesiredState['userPermissions']>[number];

/** Reads a desired state from parsed JSON. All faults at once, each in plain words. */
export function parseDesiredState(input: unknown): Checked<DesiredState> {
  const tooLarge = isTooLarge(input);
  if (tooLarge !== undefined) return refused(tooLarge);
  const parsed = DesiredStateSchema.safeParse(input, { reportInput: true });
  return parsed.success
    ? { ok: true, value: parsed.data }
    : refused(...faultsOf(parsed.error, DesiredStateSchema, 'desiredState'));
}

const ReadableKeySchema = z.object({
  replicationSequence: WholeNumberSchema,
  tenant: z.object({ metadata: z.object({ uuid: UuidSchema }) }),
});

/** What a desired state can still be recorded under when the rest of it is faulty; null when not even that is there. */
export function readableKey(
  input: unknown,
): { readonly tenantUuid: string; readonly replicationSequence: number } | null {
  const parsed = ReadableKeySchema.safeParse(input);
  if (!parsed.success) return null;
  return { tenantUuid: parsed.data.tenant.metadata.uuid, replicationSequence: parsed.data.replicationSequence };
}

const sizeOf = (input: unknown): number => Buffer.byteLength(JSON.stringify([input]), 'utf8') - 2;

/** The fault of an input that is larger than what is accepted. */
export function isTooLarge(input: unknown): Fault | undefined {
  const bytes = sizeOf(input);
  if (bytes <= SIZE_LIMIT_BYTES) return undefined;
  return {
    field: 'desiredState',
    message: `has ${bytes} bytes; at most ${SIZE_LIMIT_BYTES} (256 KB) are accepted. Send only fields that the contract names, or fewer user permissions.`,
    value: bytes,
    limit: SIZE_LIMIT_BYTES,
  };
}
