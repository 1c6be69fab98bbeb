/** The part of a state machine that a picture shows. */
export interface Workflow {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Choices?: readonly ChoiceRule[];
  readonly Default?: string;
  readonly ItemProcessor?: Workflow;
}

interface Condition {
  readonly Variable?: string;
  /** Absent: the rule asks whether the variable is there. */
  readonly BooleanEquals?: boolean;
  readonly IsPresent?: boolean;
}

interface ChoiceRule extends Condition {
  /** The last one says what is asked; those before it, whether that can be asked. */
  readonly And?: readonly Condition[];
  readonly Next: string;
}

/**
 * A state machine as a Mermaid flowchart: tasks are boxes, choices diamonds, waits rounded, ends circles; a Map is a
 * box around its own states.
 *
 * @throws Error for a type of state that has no shape here yet
 */
export function mermaidOf(workflow: Workflow): string {
  const { StartAt, States } = workflow;
  return [
    'flowchart TD',
    `  start((start)) --> ${StartAt}`,
    ...linesOf(States, '  '),
    ...(endsIn(States) ? ['  done((done))'] : []),
  ].join('\n');
}

function linesOf(states: Workflow['States'], indent: string): readonly string[] {
  return [
    ...Object.entries(states).flatMap(([name, state]) => shapeOf(name, state, indent)),
    ...Object.entries(states).flatMap(([name, state]) => arrowsOf(name, state).map((arrow) => `${indent}${arrow}`)),
  ];
}

function shapeOf(name: string, { Type, ItemProcessor }: State, indent: string): readonly string[] {
  if (ItemProcessor !== undefined) {
    const inside = linesOf(ItemProcessor.States, `${indent}  `).filter((line) => !line.endsWith('--> done'));
    return [`${indent}subgraph ${name}`, ...inside, `${indent}end`];
  }
  switch (Type) {
    case 'Task':
    case 'Pass':
      return [`${indent}${name}[${name}]`];
    case 'Choice':
      return [`${indent}${name}{${name}?}`];
    case 'Wait':
      return [`${indent}${name}([${name}])`];
    case 'Succeed':
      return [`${indent}${name}((${name}))`];
    default:
      throw new Error(`The picture has no shape for ${name}, a state of type ${Type}. Give it one in mermaid.ts.`);
  }
}

function arrowsOf(name: string, { Next, End, Choices = [], Default }: State): readonly string[] {
  return [
    ...Choices.map((rule) => `${name} -- ${wordsOf(rule)} --> ${rule.Next}`),
    ...(Default === undefined ? [] : [`${name} -- otherwise --> ${Default}`]),
    ...(Next === undefined ? [] : [`${name} --> ${Next}`]),
    ...(End === true ? [`${name} --> done`] : []),
  ];
}

/** `$.results.CheckAccount.ready` is called `ready`. */
function wordsOf(rule: ChoiceRule): string {
  const { Variable = '', BooleanEquals, IsPresent } = rule.And?.at(-1) ?? rule;
  const word = Variable.split('.').at(-1) ?? Variable;
  return (BooleanEquals ?? IsPresent) === true ? word : `not ${word}`;
}

const endsIn = (states: Workflow['States']): boolean => Object.values(states).some(({ End }) => End === true);
