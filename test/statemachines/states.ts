/** A state of a state machine, as far as tests look at it. */
export interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Parameters?: { readonly FunctionName: string; readonly Payload: Readonly<Record<string, unknown>> };
  readonly ItemSelector?: { readonly results?: unknown };
  readonly ResultPath?: string | null;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts: number }[];
  readonly Catch?: unknown;
  readonly SecondsPath?: string;
  readonly ItemProcessor?: Machine;
}

interface Machine {
  readonly States: object;
}

/** All states by name, those inside a Map included. */
export function statesOf({ States }: Machine): readonly (readonly [string, State])[] {
  return Object.entries(States as Readonly<Record<string, State>>).flatMap(([name, state]) => [
    [name, state] as const,
    ...(state.ItemProcessor === undefined ? [] : statesOf(state.ItemProcessor)),
  ]);
}
