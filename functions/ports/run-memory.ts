/** How a run ends in the ledger, and what begins after it. */
export interface RunMemory {
  /**
   * The run has done all. If a newer desired state was waiting, its run begins and its execution is started. A second
   * call changes nothing and makes sure that the execution has been started.
   */
  complete(): Promise<void>;
}
