// Written by `npm run generate` from functions/steps/table.ts.

import * as z from 'zod/mini';

/**
 * The state machines, by the names of their files: one brings an account to what is wanted, one takes it out of use.
 */
export const WorkflowNameSchema = z.enum(['vend-account', 'close-account']);

export type WorkflowName = z.infer<typeof WorkflowNameSchema>;

/** The state machines by workflow. */
export type StateMachineArns = Readonly<Record<WorkflowName, string>>;

/** The lanes by the state that waits in them. */
export const LANE_OF_STATE: Readonly<Record<string, string>> = {
  AwaitReconciliationTurn: 'reconciliation',
  AwaitCreationTurn: 'account-creation',
  AwaitEnrollmentTurn: 'account-factory',
  AwaitStackSetTurn: 'stack-sets',
  AwaitWithdrawalTurn: 'stack-sets',
  AwaitClosingTurn: 'account-closing',
};

/** They wait in no lane, but for a person's decision. */
const OTHER_WAITING_STATES: readonly string[] = ['AwaitApproval'];

/** Whether a state ends when its task token comes back. */
export const isWaiting = (state: string): boolean => state in LANE_OF_STATE || OTHER_WAITING_STATES.includes(state);

const LAST_STATES: readonly string[] = ['CompleteVending', 'CompleteClosing'];

/** Whether a state ends its workflow. Its work goes on after the ledger knows that the run has ended. */
export const isLast = (state: string): boolean => LAST_STATES.includes(state);
