/** One run of a function of the organization, such as a landing zone's. */
export interface FunctionInvocation {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly functionArn: string;
  /** As JSON. */
  readonly payload: unknown;
}
