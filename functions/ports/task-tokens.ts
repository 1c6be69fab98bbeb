/** Wakes runs that wait in a callback state. */
export interface TaskTokens {
  /**
   * Lets the waiter go on with this result.
   *
   * @returns `gone`: nobody waits with this token any more (timed out, stopped, answered already)
   */
  succeed(token: string, output: Readonly<Record<string, unknown>>): Promise<'delivered' | 'gone'>;

  /** Ends the waiter's state with this error; its retriers decide. */
  fail(token: string, error: { readonly name: string; readonly message: string }): Promise<'delivered' | 'gone'>;
}
