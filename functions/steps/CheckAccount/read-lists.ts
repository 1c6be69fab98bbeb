import type { SearchFind, SearchPlace, Wanted } from '../../domain/account/account-search';
import { TransientError } from '../../domain/base/errors';
import { secondsBetween } from '../../domain/run/step-context';
import type { AccountDirectory, CreationRequest, DirectoryAccount, Page } from '../../ports/organizations';
import type { AccountSearchRepository } from '../../ports/repositories';

export interface ListPorts {
  readonly directory: AccountDirectory;
  readonly search: AccountSearchRepository;
  readonly clock: () => Date;
}

/** Clocks of AWS and Lambda may differ by this much. */
const CLOCK_TOLERANCE_SECONDS = 120;

/** So much is read again where a function is killed. Nobody else reads for longer than that after one has written. */
const WRITES_AFTER_SECONDS = 15;

/** Names are not unique, so this is a candidate only. */
export const isCandidate = (
  request: CreationRequest,
  { accountName, intendedAt }: Omit<Wanted, 'tenantUuid'>,
): boolean =>
  request.accountName === accountName &&
  (request.requestedAt === null || secondsBetween(intendedAt, request.requestedAt) > -CLOCK_TOLERANCE_SECONDS);

export const isHolder = (account: DirectoryAccount, { email }: Pick<Wanted, 'email'>): boolean =>
  account.email.toLowerCase() === email.toLowerCase();

/** The position of one function in its reading. */
interface Reading {
  readonly place: SearchPlace;
  readonly finds: readonly SearchFind[];
  readonly writtenAt: Date;
}

/**
 * Reads page by page for all who wait, until one list is at its end or this function's time is. What was found is
 * written every few seconds: a function that is killed leaves its place to the next. Where AWS takes its token no more,
 * the list is begun again.
 *
 * @returns why it has ended: at the end of a list, of its time, or because AWS is too busy
 */
export async function readOn(ports: ListPorts, place: SearchPlace, until: Date): Promise<'list' | 'time' | 'busy'> {
  let reading: Reading = { place, finds: [], writtenAt: ports.clock() };
  for (;;) {
    const page = await nextPage(ports.directory, reading.place).catch(busy);
    const end = endAt(page, ports.clock() >= until);
    if (page !== 'busy') reading = { ...reading, ...advanced(reading, page) };
    if (end === undefined && secondsBetween(reading.writtenAt, ports.clock()) < WRITES_AFTER_SECONDS) continue;
    const { phase, nextToken } = reading.place;
    const progress = { phase, nextToken, finds: reading.finds, readsOn: end === undefined };
    const written = await ports.search.record(place, progress);
    // Somebody else reads on in its place.
    if (end !== undefined || written === undefined) return end ?? 'list';
    place = written;
    reading = { place, finds: [], writtenAt: ports.clock() };
  }
}

function endAt(page: ReadPage | 'busy', isLate: boolean): 'list' | 'time' | 'busy' | undefined {
  if (page === 'busy') return 'busy';
  if (isLate) return 'time';
  return page !== 'expired' && page.nextToken === null ? 'list' : undefined;
}

type ReadPage = { readonly finds: readonly SearchFind[]; readonly nextToken: string | null } | 'expired';

async function nextPage(directory: AccountDirectory, { phase, nextToken, wishes }: SearchPlace): Promise<ReadPage> {
  if (phase === 'requests') {
    return found(await directory.listRequests(nextToken), (request) =>
      wishes
        .filter((wish) => isCandidate(request, wish))
        .map(({ tenantUuid }) => ({ tenantUuid, candidate: { requestId: request.id, accountId: request.accountId } })),
    );
  }
  return found(await directory.listAccounts(nextToken), (account) =>
    wishes.filter((wish) => isHolder(account, wish)).map(({ tenantUuid }) => ({ tenantUuid, holderId: account.id })),
  );
}

const found = <Item>(page: Page<Item>, findsIn: (item: Item) => readonly SearchFind[]): ReadPage =>
  page === 'expired' ? page : { finds: page.items.flatMap(findsIn), nextToken: page.nextToken };

function advanced({ place, finds }: Reading, page: ReadPage): Pick<Reading, 'place' | 'finds'> {
  if (page === 'expired') return { place: { ...place, nextToken: null }, finds };
  const next = place.phase === 'requests' ? 'accounts' : 'over';
  const phase = page.nextToken === null ? next : place.phase;
  return { place: { ...place, phase, nextToken: page.nextToken }, finds: [...finds, ...page.finds] };
}

/** What was read stays read; the search goes on later. */
function busy(error: unknown): 'busy' {
  if (error instanceof TransientError) return 'busy';
  throw error;
}
