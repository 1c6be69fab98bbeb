import { TransientError } from '../../functions/domain/base/errors';
import type {
  AccountCreator,
  AccountDirectory,
  AccountRequest,
  CreationDelay,
  CreationRequest,
  DirectoryAccount,
  Page,
} from '../../functions/ports/organizations';
import { NOW } from './vending';

interface KnownAccount {
  readonly account: DirectoryAccount;
  tags: Readonly<Record<string, string>>;
  /** Whether lists show it by now. */
  listed: boolean;
}

/**
 * The accounts of an organization and the requests for them. Nothing goes on by itself: a test says what AWS does next.
 */
export class FakeAccounts implements AccountCreator, AccountDirectory {
  readonly asked: AccountRequest[] = [];
  readonly requests: CreationRequest[] = [];
  readonly accounts: KnownAccount[] = [];
  /** AWS does nothing, and the caller gets this. */
  refusal: Error | undefined;
  /** AWS takes no requests for now. */
  delay: CreationDelay | undefined;
  /** AWS does as it is asked, and the caller never learns it. */
  losesAnswer = false;
  /** How often somebody has asked how a request is going. */
  looks = 0;
  /** How often somebody has read the whole organization. */
  searches = 0;
  /** How many pages of lists were read. */
  pages = 0;
  pageSize = 20;
  /** Which AWS takes no more, once. */
  readonly expiredTokens = new Set<string>();

  /** Makes an account, by this request if there is one. */
  make(account: Partial<DirectoryAccount> & Pick<DirectoryAccount, 'email'>, tags: KnownAccount['tags'] = {}): string {
    const id = account.id ?? `44444444444${this.accounts.length}`;
    this.accounts.push({
      account: {
        id,
        arn: `arn:aws:organizations::222222222222:account/o-1/${id}`,
        name: 'retail.webshop-dev',
        state: 'ACTIVE',
        ...account,
      },
      tags,
      listed: true,
    });
    return id;
  }

  /** What AWS has made of a request. */
  settle(index: number, outcome: Partial<CreationRequest>): void {
    const request = this.requests[index];
    if (request === undefined) throw new RangeError(`There is no request ${index}.`);
    this.requests[index] = { ...request, ...outcome };
  }

  requestAccount(request: AccountRequest): Promise<CreationRequest | CreationDelay> {
    if (this.refusal !== undefined) return Promise.reject(this.refusal);
    if (this.delay !== undefined) return Promise.resolve(this.delay);
    this.asked.push(request);
    const made: CreationRequest = {
      id: `car-${this.requests.length + 1}`,
      state: 'IN_PROGRESS',
      accountName: request.name,
      accountId: null,
      requestedAt: NOW,
      failureReason: null,
    };
    this.requests.push(made);
    return this.losesAnswer
      ? Promise.reject(new TransientError('The connection was reset.'))
      : Promise.resolve(structuredClone(made));
  }

  describeRequest(requestId: string): Promise<CreationRequest | undefined> {
    this.looks += 1;
    return Promise.resolve(this.requests.find(({ id }) => id === requestId));
  }

  listRequests(pageToken: string | null): Promise<Page<CreationRequest>> {
    if (pageToken === null) this.searches += 1;
    return Promise.resolve(
      this.#pageOf(
        this.requests.filter(({ state }) => state !== 'FAILED'),
        pageToken,
      ),
    );
  }

  listAccounts(pageToken: string | null): Promise<Page<DirectoryAccount>> {
    const listed = this.accounts.filter((known) => known.listed).map((known) => known.account);
    return Promise.resolve(this.#pageOf(listed, pageToken));
  }

  describeAccount(accountId: string): Promise<DirectoryAccount | undefined> {
    return Promise.resolve(this.accounts.find(({ account, listed }) => listed && account.id === accountId)?.account);
  }

  listTags(accountId: string): Promise<Readonly<Record<string, string>>> {
    return Promise.resolve(this.accounts.find(({ account }) => account.id === accountId)?.tags ?? {});
  }
  #pageOf<Item>(all: readonly Item[], pageToken: string | null): Page<Item> {
    this.pages += 1;
    if (pageToken !== null && this.expiredTokens.delete(pageToken)) return 'expired';
    const end = Number(pageToken ?? 0) + this.pageSize;
    return { items: all.slice(Number(pageToken ?? 0), end), nextToken: end < all.length ? String(end) : null };
  }
}
