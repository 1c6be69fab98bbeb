import * as z from 'zod/mini';

import { faultsOf } from '../../../functions/domain/base/schema-faults';
import { DesiredStateSchema } from '../../../functions/domain/desired-state/desired-state';
import { placed, type PlacedFault, syntaxFault } from './fault-places';

// The page's Content-Security-Policy allows no code that is made from texts.
z.config({ jitless: true });

/** Who has more has one mistake many times. */
const MOST_FAULTS = 50;

/**
 * What the schema of the API finds wrong with a text, each fault at its field, in the API's own words. What only an
 * installation knows, such as its landing zones, is said by the plan.
 */
export function schemaFaults(text: string): readonly PlacedFault[] {
  const syntax = syntaxFault(text);
  if (syntax !== null) return [syntax];
  const parsed = DesiredStateSchema.safeParse(JSON.parse(text), { reportInput: true });
  if (parsed.success) return [];
  return placed(text, faultsOf(parsed.error, DesiredStateSchema, 'desiredState').slice(0, MOST_FAULTS));
}
