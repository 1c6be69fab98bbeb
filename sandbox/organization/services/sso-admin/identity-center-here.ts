import type { CallContext } from '../operation';
import type { IdentityCenter } from './identity-center';

/** An instance is known in its own region alone. */
export function identityCenterHere({ state, region }: CallContext): IdentityCenter | null {
  return state.identityCenter?.region === region ? state.identityCenter : null;
}
