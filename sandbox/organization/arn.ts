import type { OrganizationSeed } from './organization-seed';

/** The partition of an organization. */
export type Place = Pick<OrganizationSeed, 'partition'>;

/**
 * An organization is in one partition of AWS, and so is every ARN in it: only this function writes the beginning of an
 * ARN.
 */
export const arnIn = ({ partition = 'aws' }: Place, rest: string): string => `arn:${partition}:${rest}`;

/** A document of AWS, which is written for the partition `aws`, as AWS has it in this one. */
export function documentIn(place: Place, document: string): string {
  const { partition = 'aws' } = place;
  const texts = known.get(partition) ?? new Map<string, string>();
  known.set(partition, texts);
  const text = texts.get(document) ?? document.replaceAll('arn:aws:', arnIn(place, ''));
  texts.set(document, text);
  return text;
}

/** Every call of every account is judged by such documents. */
const known = new Map<string, Map<string, string>>();
