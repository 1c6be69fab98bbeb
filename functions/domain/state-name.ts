import type vendAccount from '../../statemachines/vend-account.asl.json';

/**
 * The names of all states of the workflow, nested ones included, read from the ASL file by the compiler:
 * a misspelt state name does not compile.
 */
export type StateName = Extract<NamesOf<typeof vendAccount>, string>;

/** The names of the states that a Lambda function carries out: those whose `Resource` is a placeholder. */
export type TaskName = Extract<TasksOf<typeof vendAccount>, string>;

type NamesOf<Machine> = Machine extends { States: infer States }
  ? keyof States | { [Name in keyof States]-?: NamesWithin<States[Name]> }[keyof States]
  : never;

type NamesWithin<State> = State extends { ItemProcessor: infer Inner } ? NamesOf<NonNullable<Inner>> : never;

type TasksOf<Machine> = Machine extends { States: infer States }
  ? { [Name in keyof States]-?: TaskWithin<Name, States[Name]> }[keyof States]
  : never;

type TaskWithin<Name, State> = State extends { Resource: string }
  ? Name
  : State extends { ItemProcessor: infer Inner }
    ? TasksOf<NonNullable<Inner>>
    : never;
