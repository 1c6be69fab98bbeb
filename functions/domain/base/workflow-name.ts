import * as z from 'zod/mini';

/**
 * The state machines, by the names of their files: one brings an account to what is wanted, one takes it out of use.
 */
export const WorkflowNameSchema = z.enum(['vend-account', 'close-account']);

export type WorkflowName = z.infer<typeof WorkflowNameSchema>;

/** The state machines by workflow. */
export type StateMachineArns = Readonly<Record<WorkflowName, string>>;
