export interface States {
  readonly States: Readonly<Record<string, State>>;
}

interface State {
  readonly Type: string;
  readonly Comment?: string;
  readonly ItemProcessor?: States;
}

/** Every state of a definition, those of its Maps in the place of the Map. */
export const statesIn = ({ States }: States): readonly (readonly [string, State])[] =>
  Object.entries(States).flatMap(([name, state]) => [
    [name, state] as const,
    ...(state.ItemProcessor === undefined ? [] : statesIn(state.ItemProcessor)),
  ]);
