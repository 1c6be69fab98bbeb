import type closeAccount from '../../../statemachines/close-account.asl.json';
import type vendAccount from '../../../statemachines/vend-account.asl.json';

/**
 * The names of the states that a Lambda function carries out, nested ones included, read from the ASL files by the
 * compiler: a misspelt state name does not compile.
 */
export type TaskName = Extract<TasksOf<typeof vendAccount> | TasksOf<typeof closeAccount>, string>;

type TasksOf<Machine> = Machine extends { States: infer States }
  ? { [Name in keyof States]-?: TaskWithin<Name, States[Name]> }[keyof States]
  : never;

type TaskWithin<Name, State> = State extends { Resource: string }
  ? Name
  : State extends { ItemProcessor: infer Inner }
    ? TasksOf<NonNullable<Inner>>
    : never;
