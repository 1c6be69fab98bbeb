import { budgetOf } from '../domain/queue/call-budget';
import { reserveCallIn } from '../ledger/queue/reserve-call';
import type { CallPacer } from '../ports/call-pacer';
import type { Host } from './host';

/** The pacer of one invocation: reserves each call in the ledger, and waits until it may be made. */
export const ledgerCallPacer = ({ ledger, now, wait }: Pick<Host, 'ledger' | 'now' | 'wait'>): CallPacer => ({
  pace: async (service, operation) => {
    const budget = budgetOf(service, operation);
    if (budget === undefined) return;
    const at = await reserveCallIn(ledger, budget, now);
    const milliseconds = at.getTime() - now().getTime();
    if (milliseconds > 0) await wait(milliseconds);
  },
});
