import type { Organization } from '../../organization/organization';
import type { ServiceEvent } from '../../organization/event-listener';
import { outsideOfInvocations } from './invocation';
import { afterSeconds } from './long-timer';

/** How often Lambda tries an asynchronous call again, and after how many seconds. */
const RETRY_SECONDS = [60, 120];

/**
 * Hands on what AWS tells, as EventBridge and its rules do. AWS ends its operations by itself, so time is kept for it
 * here: without, the organization does what is due when somebody asks it something.
 *
 * @param now the organization's time, in milliseconds since 1970
 * @returns whether AWS is at something right now, so that the clock has to wait
 *
 * @evidence documented lambda/dg/invocation-async-error-handling: two more tries, a minute and two minutes later
 * @evidence documented "eventbridge/ref/events-ref-organizations, eventbridge/ref/events-ref-controltower": what
 *   services tell CloudTrail, it is told on a best-effort basis, so that some of these events may be lost
 * @evidence documented AWSCloudFormation/latest/UserGuide/eventbridge-integration: those of stack sets are delivered,
 *   maybe out of order; that some of them are lost here, too, is harsher than AWS
 * @evidence documented eventbridge/userguide/eb-troubleshooting: an event may be delivered up to 24 hours late, and
 *   more than once
 */
export function forwardEvents(
  organization: Organization,
  delaysOf: (event: ServiceEvent) => readonly number[],
  receive: (event: unknown) => Promise<unknown>,
  now: () => number = Date.now,
): () => boolean {
  let settling = 0;
  const settle = async (): Promise<void> => {
    settling += 1;
    await organization.settle();
    settling -= 1;
  };
  const deliver = (event: ServiceEvent, [retrySeconds, ...later]: readonly number[] = RETRY_SECONDS): void => {
    receive(JSON.parse(JSON.stringify(event))).catch(() => {
      if (retrySeconds !== undefined)
        afterSeconds(retrySeconds, () => {
          deliver(event, later);
        });
    });
  };
  organization.listen({
    planned: (at) => {
      outsideOfInvocations(() =>
        // A millisecond later: the quotient may be rounded down. What a leap of time has passed is due at once.
        afterSeconds((Math.max(at - now(), 0) + 1) / 1000, () => {
          void settle();
        }),
      );
    },
    told: (event) => {
      outsideOfInvocations(() => {
        for (const seconds of delaysOf(event))
          afterSeconds(seconds, () => {
            deliver(event);
          });
      });
    },
  });
  return () => settling > 0;
}
