/** The organization's accounts: asking for a new one, and finding those that exist. */
export interface AccountCreator {
  /**
   * Asks AWS for an account. AWS has no idempotency token here: a call whose answer is lost may still have worked, so
   * it is never repeated blindly; `CreateAccount` looks first.
   *
   * @throws RejectedError, TransientError
   */
  requestAccount(request: AccountRequest): Promise<CreationRequest | CreationDelay>;
}

/** AWS takes no request for now and has done nothing; it will by itself, later than a retry can wait for. */
export interface CreationDelay {
  readonly state: 'DELAYED';
  /** Why, as the rest of a sentence. */
  readonly meaning: string;
  /** What a person can do when it lasts too long. */
  readonly remedy: string;
  readonly waitSeconds: number;
  readonly giveUpAfterSeconds: number;
}

export interface AccountRequest {
  readonly name: string;
  readonly email: string;
  readonly roleName: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** How one request for an account stands, and what may be found about accounts. */
export interface AccountDirectory {
  /** Undefined while AWS does not know the request yet (its reads are eventually consistent). */
  describeRequest(requestId: string): Promise<CreationRequest | undefined>;

  /** Requests that are in progress or have succeeded, in any order. Used to recover, never on the normal path. */
  listRequests(pageToken: string | null): Promise<Page<CreationRequest>>;

  /** All accounts, in any order. Used to recover, never on the normal path. */
  listAccounts(pageToken: string | null): Promise<Page<DirectoryAccount>>;

  /** Undefined when the organization has no such account (or does not know it yet). */
  describeAccount(accountId: string): Promise<DirectoryAccount | undefined>;

  listTags(accountId: string): Promise<Readonly<Record<string, string>>>;
}

/**
 * A page of a list; it may be empty and not the last. `expired`: AWS takes this token no more, so the list is to be
 * begun again.
 */
export type Page<Item> = { readonly items: readonly Item[]; readonly nextToken: string | null } | 'expired';

export interface CreationRequest {
  readonly id: string;
  readonly state: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  readonly accountName: string | null;
  readonly accountId: string | null;
  readonly requestedAt: Date | null;
  /** One of AWS's `CreateAccountFailureReason`s. */
  readonly failureReason: string | null;
}

export interface DirectoryAccount {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly email: string;
  /** AWS's `State`: ACTIVE, or on its way in or out; null where AWS does not say. */
  readonly state: string | null;
}

/** Closing accounts of the organization. */
export interface AccountCloser {
  /**
   * Asks AWS to close an account, which it does by itself then. A second call of an account that is being closed, or is
   * closed, changes nothing.
   *
   * @throws RejectedError when AWS refuses for good, TransientError
   */
  close(accountId: string): Promise<'taken' | 'done' | ClosingDelay>;
}

/** AWS has done nothing, and takes it later by itself. */
export interface ClosingDelay {
  /** Why, as the rest of a sentence. */
  readonly meaning: string;
  readonly waitSeconds: number;
  readonly giveUpAfterSeconds: number;
}

/** How many accounts the organization has, and may have. */
export interface AccountQuota {
  /** All of them, wherever they are. */
  accounts(): Promise<readonly ListedAccount[]>;
  /** Closed ones count until AWS removes them, 90 days later. */
  count(): Promise<number>;
  limit(): Promise<number>;
}

export interface ListedAccount {
  readonly id: string;
  /** AWS's `State`; null where AWS does not say. */
  readonly state: string | null;
  /** Null where AWS does not say. */
  readonly joinedAt: Date | null;
  /** The unit or root right above it; null where AWS does not say. */
  readonly parentId: string | null;
}

/** All accounts of the organization at once: some calls for a thousand of them. */
export interface OrganizationInventory {
  accounts(): Promise<readonly PlacedAccount[]>;
  /**
   * The accounts that administer an AWS service for the whole organization.
   *
   * @param service its principal, such as `sso.amazonaws.com`; absent: any service
   */
  delegatedAdministrators(service?: string): Promise<readonly string[]>;
}

export interface PlacedAccount extends DirectoryAccount {
  /** From the unit (or root) that it is in up to the root; empty where AWS does not say. */
  readonly unitsAbove: readonly string[];
}

/** The tags of accounts in AWS Organizations. */
export interface AccountTags {
  list(accountId: string): Promise<Readonly<Record<string, string>>>;
  /** Adds tags and replaces values; other tags stay. */
  put(accountId: string, tags: Readonly<Record<string, string>>): Promise<void>;
  remove(accountId: string, keys: readonly string[]): Promise<void>;
}

/** The tree of organizational units, and the place of an account in it. */
export interface OrganizationTree {
  /** Undefined when there is no such OU. The root (`r-…`) is always there. */
  describeOrganizationalUnit(id: string): Promise<OrganizationalUnit | undefined>;

  /**
   * The OU or root directly above an account or OU.
   *
   * @throws TransientError while a new account is not visible yet
   */
  parentOf(childId: string): Promise<string>;

  /** The root (`r-…`) above a unit; a root is its own. */
  rootAbove(unitId: string): Promise<string>;

  /** Whether the OU `ancestorId` is somewhere above a unit; no unit is below itself. */
  isBelow(unitId: string, ancestorId: string): Promise<boolean>;

  /** "Already there" is success. */
  moveAccount(move: { readonly accountId: string; readonly from: string; readonly to: string }): Promise<void>;
}

export interface OrganizationalUnit {
  readonly id: string;
  readonly name: string;
  /** Null for the root, which is not asked for. */
  readonly arn: string | null;
}

/** The units that are directly in another one, or in the root. */
export interface OrganizationalUnits {
  /** All of them, in any order. */
  unitsIn(parentId: string): Promise<readonly OrganizationalUnit[]>;

  /**
   * `taken`: there is one of this name by now. AWS takes no token for this call, and its names are the only thing that
   * keeps a second call from making a second unit.
   *
   * @throws RejectedError when there is no such parent, or AWS allows no more units
   */
  createUnit(parentId: string, name: string): Promise<OrganizationalUnit | 'taken'>;
}

/**
 * Policies of the organization that say what may be done in its accounts (`service`), or with what is in them
 * (`resource`).
 */
export interface ServiceControlPolicies {
  /**
   * Those that are attached to a root or unit itself, not those above it. None of `resource` where the organization has
   * not enabled them.
   */
  attachedTo(targetId: string, kind?: ControlPolicyKind): Promise<readonly ServiceControlPolicy[]>;
}

export type ControlPolicyKind = 'service' | 'resource';

export interface ServiceControlPolicy {
  readonly name: string;
  /** JSON text. */
  readonly document: string;
}
