import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { ConfigurationAt } from '../../../functions/ports/configurations';
import type { LedgerStore } from '../../../functions/ports/ledger-store';
import type { Log } from '../../../functions/ports/log';
import type { Organization } from '../../organization/organization';
import type { ServiceEvent } from '../../organization/event-listener';
import type { Concurrency } from './bounded-invocations';
import type { ExecutionWatch } from './embedded-execution';
import type { OnEffect } from './invocation';
import type { FunctionTimes } from './timed-invocations';

/** What the application in this process is made from. */
export interface EmbeddedOptions {
  readonly organization: Organization;
  readonly configuration: Configuration;
  /** Absent: no other configuration was ever deployed. */
  readonly configurationAt?: ConfigurationAt;
  readonly externalId: string;
  readonly ledger?: LedgerStore;
  readonly log?: Log;
  /** Another workflow than the one that is deployed: for tests that ask why it is as it is. */
  readonly definition?: object | undefined;
  /** Whether executions keep their events. */
  readonly keepsHistory?: boolean;
  /** Observes the executions. */
  readonly executionWatch?: ExecutionWatch;
  /** Asked before and after every call that a function makes to anything beyond itself: it can be killed there. */
  readonly onEffect?: OnEffect;
  /**
   * The status-change events for the end of an execution, each with its delay in seconds: Step Functions delivers them
   * on a best-effort basis. An empty list: the event is lost. Absent: one event, at once.
   */
  readonly statusChangeDelays?: (executionArn: string, status: string) => readonly number[];
  /**
   * Events of AWS end waits: how many seconds after its moment each arrives. An empty list: it is lost; several: it
   * comes as often. Absent: the installation is without them.
   */
  readonly awsEventDelays?: ((event: ServiceEvent) => readonly number[]) | undefined;
  /** How many seconds behind an answer of DescribeExecution is. Absent: none is. */
  readonly describeLagSeconds?: (() => number) | undefined;
  /** What a dry run is asked about, in place of the plan that was sent. Absent: the plan itself. */
  readonly previewedAs?: ((plan: VendingPlan) => VendingPlan) | undefined;
  /** How many accounts an adoption enrolls in a week. Absent: as many as AWS lets it. */
  readonly enrollmentsPerWeek?: number | undefined;
  /** Absent: as many functions work at once as are called, and none of them takes time. */
  readonly concurrency?: Concurrency | undefined;
  /** Told that a function lets so much time pass. */
  readonly onWait?: (name: string, milliseconds: number) => void;
  /** Absent: functions start at once, and calls of AWS take no time. */
  readonly times?: FunctionTimes | undefined;
}
