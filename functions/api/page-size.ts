import type { Fault } from '../domain/fault';
import type { ApiRequest } from './api-request';

/** How many rows a page of a list may have, and has where nobody says how many. */
export const PAGE_SIZE = { minimum: 1, maximum: 100, default: 50 } as const;

/** What the parameter `limit` of a list says; ask for its faults first. */
export const pageSizeOf = ({ query }: Pick<ApiRequest, 'query'>): number => Number(query['limit'] ?? PAGE_SIZE.default);

export function pageSizeFaults({ query: { limit } }: Pick<ApiRequest, 'query'>): readonly Fault[] {
  const { minimum, maximum } = PAGE_SIZE;
  const isFine = limit === undefined || (/^\d+$/u.test(limit) && Number(limit) >= minimum && Number(limit) <= maximum);
  if (isFine) return [];
  const message = `is '${limit}'; it may be a whole number from ${minimum} to ${maximum}.`;
  return [{ field: 'limit', message, value: limit, limit: maximum }];
}
