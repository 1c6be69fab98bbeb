/** Preflights that are to be carried out, one after the other. */
export interface PreflightRequests {
  /** Asks for one. The same id again is the same preflight. */
  send(id: string): Promise<void>;
}
