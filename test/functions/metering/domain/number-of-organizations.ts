import { fewOrMany } from '../../../few-or-many';

/** How many are generated for each property. */
export const ORGANIZATIONS = fewOrMany(100, 10_000);
