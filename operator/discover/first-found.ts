import { isDenied } from '../../functions/aws/base/aws-error';

/**
 * Asks in the first region and, if nothing is there, in all others at once. A region that a policy forbids has nothing
 * for us.
 */
export async function firstFound<Found>(
  [first, ...others]: readonly string[],
  ask: (region: string) => Promise<Found | null>,
): Promise<Found | null> {
  if (first === undefined) return null;
  const nearest = await unlessForbidden(ask, first);
  if (nearest !== null) return nearest;
  const found = await Promise.all(others.map((region) => unlessForbidden(ask, region)));
  return found.find((one) => one !== null) ?? null;
}

async function unlessForbidden<Found>(
  ask: (region: string) => Promise<Found | null>,
  region: string,
): Promise<Found | null> {
  try {
    return await ask(region);
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

const isForbidden = (error: unknown): boolean => isDenied(error) || (error instanceof Error && isDenied(error.cause));
