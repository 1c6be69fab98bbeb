import type { UserSeed } from '../organization/organization-seed';
import { rngFor } from './rng';
import type { SimulatedTenant } from './simulated-tenants';

/** How many of a hundred people the company's identity provider has brought: the others have not come yet. */
const BROUGHT = 85;

/** The people of all tenants as an identity provider brings them: most of them, spelt as it likes. */
export function simulatedUsers(seed: number, tenants: readonly SimulatedTenant[]): readonly UserSeed[] {
  const rng = rngFor(seed, 'directory');
  return tenants
    .flatMap(({ people }) => people)
    .flatMap(({ email, firstName: givenName, lastName: familyName }) => {
      const userName = rng.happens(0.5) ? email : email.toUpperCase();
      return rng.between(1, 100) <= BROUGHT ? [{ userName, givenName, familyName, email }] : [];
    });
}
