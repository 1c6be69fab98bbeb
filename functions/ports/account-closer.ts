/** Closing accounts of the organization. */
export interface AccountCloser {
  /**
   * Asks AWS to close an account, which it does by itself then. A second call of an account that is being closed, or is closed, changes nothing.
   *
   * @throws RejectedError when AWS refuses for good, TransientError
   */
  close(accountId: string): Promise<'taken' | 'done' | ClosingDelay>;
}

/** AWS has done nothing, and takes it later by itself. */
export interface ClosingDelay {
  /** Why, as the rest of a sentence. */
  readonly meaning: string;
  readonly waitSeconds: number;
  readonly giveUpAfterSeconds: number;
}
