/** Somebody who has signed in; where the console's own server signs the calls, there is none. */
export interface Session {
  /** As IAM Identity Center knows the person. */
  readonly name: string;
  /** For the header Authorization. */
  readonly token: string;
  /** Leaves the page, and comes back to where it is now. */
  readonly signIn: () => void;
  readonly signOut: () => void;
}

let current: Session | null = null;

/** Null: on the own machine. */
export const session = (): Session | null => current;

export function beginSession(begun: Session): void {
  current = begun;
}
