type State = Readonly<Record<string, unknown>>;

const ENDS: ReadonlySet<unknown> = new Set(['Choice', 'Succeed', 'Fail']);

/** States one after the other, in their order; what says itself where it goes on, goes there. */
export function chain(states: Readonly<Record<string, State>>): {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
} {
  const names = Object.keys(states);
  const linked = Object.entries(states).map(([name, state], index) => {
    const next = names[index + 1];
    const saysItself = ENDS.has(state['Type']) || 'Next' in state || 'End' in state;
    return [name, saysItself ? state : { ...state, ...(next === undefined ? { End: true } : { Next: next }) }] as const;
  });
  return { StartAt: names[0] ?? '', States: Object.fromEntries(linked) };
}

/** The function of the state's own name. */
export const task = (name: string, more: State = {}): State => ({ Type: 'Task', Resource: `\${${name}}`, ...more });

/** A function that hands its token on. */
export const waiting = (name: string, more: State = {}): State => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Parameters: { FunctionName: `\${${name}}`, Payload: { 'taskToken.$': '$$.Task.Token' } },
  ...more,
});

export const entered = (type: string, name: string): string => `${type}StateEntered ${name}`;
export const exited = (type: string, name: string): string => `${type}StateExited ${name}`;
export const passed = (type: string, name: string): readonly string[] => [entered(type, name), exited(type, name)];

/** One try of a function. */
export const called = (how: 'Succeeded' | 'Failed' | 'TimedOut'): readonly string[] => [
  'LambdaFunctionScheduled',
  'LambdaFunctionStarted',
  `LambdaFunction${how}`,
];

/** One try of a state that waits for its token. */
export const awaited = (how: 'Succeeded' | 'Failed' | 'TimedOut'): readonly string[] => [
  'TaskScheduled',
  'TaskStarted',
  'TaskSubmitted',
  `Task${how}`,
];

/** One iteration of a Map. */
export const iterated = (index: number, events: readonly string[], how = 'Succeeded'): readonly string[] => [
  `MapIterationStarted ${index}`,
  ...events,
  `MapIteration${how} ${index}`,
];

/** What Lambda tells of the error of a function. */
export const causeOf = (errorType: string, errorMessage = ''): string =>
  JSON.stringify({ errorType, errorMessage, trace: [] });
