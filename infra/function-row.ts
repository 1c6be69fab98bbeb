import type { FunctionGrant } from './function-grants';

/** How one Lambda function is run, and what it may reach. */
export interface FunctionRow {
  /**
   * Less than the `TimeoutSeconds` of its state: a state that gives up first would be tried again beside a function
   * still at work.
   */
  readonly timeoutSeconds: number;
  /** Also decides its share of a CPU, and with it the time of a cold start. */
  readonly memoryMegabytes: number;
  /** Whether it works by the operator's configuration. */
  readonly readsConfiguration: boolean;
  readonly grants: readonly FunctionGrant[];
  /** Why the chain ends in which it feeds itself; absent where it does not, and Lambda ends such a chain. */
  readonly endsBecause?: string;
}
