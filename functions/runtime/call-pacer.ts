import { limiterOf } from '../domain/queue/call-rates';
import { reserveCallIn } from '../ledger/queue/reserve-call';
import type { CallPacer } from '../ports/call-pacer';
import type { Host } from './host';

/** The pacer of one invocation: reserves each call in the ledger, and waits until it may be made. */
export const ledgerCallPacer = ({ ledger, now, wait }: Pick<Host, 'ledger' | 'now' | 'wait'>): CallPacer => ({
  pace: async (service, operation) => {
    const limiter = limiterOf(service, operation);
    if (limiter === undefined) return;
    const at = await reserveCallIn(ledger, limiter, now);
    const milliseconds = at.getTime() - now().getTime();
    if (milliseconds > 0) await wait(milliseconds);
  },
});
