/** The organization's accounts: asking for a new one, and finding those that exist. */
export interface AccountCreator {
  /**
   * Asks AWS for an account. AWS has no idempotency token here: a call whose answer is lost may still have worked, so it is
   * never repeated blindly; `CreateAccount` looks first.
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

/** A page of a list; it may be empty and not the last. `expired`: AWS takes this token no more, so the list is to be begun again. */
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
