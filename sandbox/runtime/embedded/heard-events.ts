import { EVENTS, type EventType } from '../../../functions/ports/event-schemas';
import {
  type ApprovalEvent,
  type DelayEvent,
  type DriftReport,
  type DriftReports,
  type OutcomeEvent,
  type OutcomePublisher,
  type RolloutEvent,
  type ShadowEvent,
  type UsageEvent,
  versioned,
} from '../../../functions/ports/outcome-publisher';

type Event = Parameters<OutcomePublisher['publish']>[0];

/** Records every event that is published on the bus. */
export class HeardEvents implements OutcomePublisher {
  readonly outcomes: OutcomeEvent[] = [];
  readonly usageEvents: UsageEvent[] = [];
  readonly delays: DelayEvent[] = [];
  readonly approvalsAsked: ApprovalEvent[] = [];
  readonly shadows: ShadowEvent[] = [];
  readonly rolloutEvents: RolloutEvent[] = [];

  /** As on the bus, where each says its version, and as consumers expect it. */
  publish(event: Event): Promise<void> {
    refuseUnlikeContract(event.type, versioned(event.detail));
    if (event.type === 'Usage Report Finalized') this.usageEvents.push(event);
    else if (isDelay(event)) this.delays.push(event);
    else if (isAsked(event)) this.approvalsAsked.push(event);
    else if (isShadow(event)) this.shadows.push(event);
    else if (isOfRollout(event)) this.rolloutEvents.push(event);
    else this.outcomes.push(event);
    return Promise.resolve();
  }
}

const isDelay = (event: Event): event is DelayEvent => event.type.endsWith(' Delayed');
const isAsked = (event: Event): event is ApprovalEvent => event.type.endsWith(' Awaits Approval');
const isOfRollout = (event: Event): event is RolloutEvent => event.type.startsWith('Rollout ');
const isShadow = (event: Event): event is ShadowEvent => event.type.endsWith(' Shadowed');

/** Records drift reports in the same way. */
export const heardReports = (heard: DriftReport[]): DriftReports => ({
  publish: (report) => {
    refuseUnlikeContract('Drift Report', versioned(report));
    return Promise.resolve(void heard.push(report));
  },
});

/** @throws ZodError where an event is not as its consumers expect it */
function refuseUnlikeContract(type: EventType, detail: object): void {
  // As EventBridge hands it out: JSON has no undefined.
  EVENTS[type].detail.parse(JSON.parse(JSON.stringify(detail)));
}
