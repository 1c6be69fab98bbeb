import { pollInterval } from '../logic/poll-interval';
import { ApiProblem } from './client';

/** How long until the API is asked again, in milliseconds. */
export const every = (isUnderWay: boolean): number => pollInterval({ isHidden: document.hidden, isUnderWay });

export async function nullWhereMissing<Data>(data: Promise<Data>): Promise<Data | null> {
  try {
    return await data;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

/** A place in a list, where there is one. */
export const at = (cursor: string | null | undefined): { readonly cursor?: string } =>
  cursor === null || cursor === undefined ? {} : { cursor };
