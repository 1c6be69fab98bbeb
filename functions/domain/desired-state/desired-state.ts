import * as z from 'zod/mini';
import { described, AnyNumber, AnyText, Texts } from '../base/plain-schemas';
import { type Checked, type Fault, refused, STEERING, unicodePattern } from '../base/fault';
import { faultsOf } from '../base/schema-faults';

const SIZE_LIMIT_BYTES = 256 * 1024;

/** The least that a person takes in JSON: `{"meshIdentifier":"","username":"","roles":[]},`. */
const PERSON_BYTES = 47;

/**
 * More are never within the size, whatever they say. Told before each is looked at, since each may have faults of its
 * own.
 */
const MAX_PEOPLE = Math.floor(SIZE_LIMIT_BYTES / PERSON_BYTES);

/** Tags have several values each, as in meshStack's API. */
const TagsSchema = z._default(z.record(AnyText, Texts), {});

/**
 * Names, addresses and identifiers of others: they end up in e-mails, tickets, logs and terminals, and in headers of
 * the readers of our events.
 */
const PlainText = z
  .string()
  .check(
    z.regex(
      unicodePattern(`^[^${STEERING}]*$`),
      'must be one line of plain text, without control characters and without characters that turn its direction',
    ),
  );

const MaybeText = z.nullish(PlainText);

/** Lower case, so that one tenant has one key however its uuid is spelt. */
const UuidSchema = z.guid('must be a uuid').check(z.toLowerCase());

/** Character rules and lengths are the plan's business: their limits are configuration. */
const IdentifierSchema = PlainText.check(z.minLength(1, 'must not be empty'));

const WholeNumberSchema = z.int('must be a whole number').check(z.gte(0, 'must not be negative'));

const TenantSchema = z.object({
  apiVersion: PlainText,
  kind: z.literal('meshTenant'),
  metadata: z.object({
    uuid: described(UuidSchema, 'The key of everything; identifiers can be used again, this never.'),
    ownedByWorkspace: IdentifierSchema,
    ownedByProject: IdentifierSchema,
  }),
  spec: z.object({
    platformRef: z.object({ kind: z.literal('meshPlatform'), uuid: PlainText }),
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
    tenantName: PlainText,
    platformTypeIdentifier: z.literal('AWS'),
    tags: TagsSchema,
    lifecycle: z.object({ state: z.enum(['ACTIVE', 'MARKED_FOR_DELETION', 'DELETED']) }),
  }),
});

const PaymentMethodSchema = z.object({
  metadata: z.object({ name: PlainText }),
  spec: z.object({
    displayName: PlainText,
    expirationDate: MaybeText,
    amount: z.nullish(z.union([AnyNumber, PlainText])),
    tags: TagsSchema,
  }),
});

/** As meshStack resolves it: groups flattened, expired roles left out. */
const UserPermissionSchema = z.object({
  meshIdentifier: PlainText,
  username: PlainText,
  firstName: MaybeText,
  lastName: MaybeText,
  email: MaybeText,
  euid: described(
    MaybeText,
    'The userName in IAM Identity Center. Without it a user cannot be found there and is skipped.',
  ),
  roles: z.array(PlainText),
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
    spec: z.object({ displayName: PlainText }),
  }),
  project: z.object({
    metadata: z.object({ name: IdentifierSchema, ownedByWorkspace: IdentifierSchema }),
    spec: z.object({
      displayName: PlainText,
      tags: TagsSchema,
      paymentMethodIdentifier: MaybeText,
    }),
  }),
  paymentMethod: z.nullish(PaymentMethodSchema),
  projectCreatorEmail: described(PlainText, 'Handed to landing zones as ContactEmail.'),
  userPermissions: described(
    z.optional(z.array(UserPermissionSchema)),
    'Who has which project roles, groups resolved. Absent: nothing is known about people, and members of groups stay as they are. ' +
      'An empty list takes everybody out.',
  ),
});

export type DesiredState = Readonly<z.infer<typeof DesiredStateSchema>>;
export type UserPermission = NonNullable<DesiredState['userPermissions']>[number];

/**
 * Reads a desired state from parsed JSON, of whose text `faultOfText` knows no fault. All faults at once, each in plain
 * words.
 */
export function parseDesiredState(input: unknown): Checked<DesiredState> {
  const tooLarge = isTooLarge(input);
  if (tooLarge !== undefined) return refused(tooLarge);
  const parsed = DesiredStateSchema.safeParse(input, { reportInput: true });
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, faults: faultsOf(parsed.error, DesiredStateSchema, 'desiredState') };
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

const PeopleSchema = z.object({ userPermissions: z.array(z.unknown()) });

/** The fault of an input that is larger than what is accepted. */
export function isTooLarge(input: unknown): Fault | undefined {
  const people = PeopleSchema.safeParse(input).data?.userPermissions.length ?? 0;
  return tooManyBytes(Buffer.byteLength(JSON.stringify([input]), 'utf8') - 2) ?? tooManyPeople(people);
}

/** The same of a text that need not be read then. */
export function tooManyBytes(bytes: number): Fault | undefined {
  if (bytes <= SIZE_LIMIT_BYTES) return undefined;
  return {
    field: 'desiredState',
    message: `has ${bytes} bytes; at most ${SIZE_LIMIT_BYTES} (256 KB) are accepted. Send only fields that the contract names, or fewer user permissions.`,
    value: bytes,
    limit: SIZE_LIMIT_BYTES,
  };
}

function tooManyPeople(people: number): Fault | undefined {
  if (people <= MAX_PEOPLE) return undefined;
  return {
    field: 'userPermissions',
    message: `has ${people} entries, of which each lacks something: ${MAX_PEOPLE} complete ones are all that 256 KB hold. Complete them, or send fewer.`,
    value: people,
    limit: MAX_PEOPLE,
  };
}
