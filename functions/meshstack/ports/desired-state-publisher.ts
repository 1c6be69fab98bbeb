import type { DesiredState } from '../../domain/desired-state/desired-state';

/** Puts desired states on the bus, where Intake takes them from. At least once. */
export interface DesiredStatePublisher {
  publish(desiredState: DesiredState): Promise<void>;
}
