import type { StepReport } from './vending';

/** What a state that waits for a turn has to say. The workflow is told by the task token, at once or later; this is for the timeline. */
export const turnReport = (goesOn: boolean, lane: string): StepReport => ({
  result: { ready: goesOn },
  remark: goesOn ? `It has its turn (${lane}).` : `It waits for its turn (${lane}).`,
});

export const noTurnNeeded = (remark: string): StepReport => ({ result: { ready: true }, remark });
