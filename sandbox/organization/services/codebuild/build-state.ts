import type { BuildSourceSeed } from '../../organization-seed';
import type { RunningBuild } from './build-runner';

/** A project of CodeBuild, as far as builds need it. */
export interface BuildProject {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  /** The ARN of the role that its builds work by. */
  readonly serviceRole: string;
  readonly variables: ReadonlyMap<string, string>;
}

export const projectKey = (accountId: string, region: string, name: string): string => `${accountId}:${region}:${name}`;

export interface BuildWork {
  /** `project:uuid`. */
  readonly id: string;
  readonly number: number;
  readonly project: BuildProject;
  readonly token: string | undefined;
  /** What was asked for, to be compared where the token comes again. */
  readonly asked: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly image: string;
  readonly timeLimitMinutes: number;
  readonly startedAt: number;
  /** When its commands begin, and when they have ended at the earliest. */
  readonly begunAt: number;
  readonly endsAt: number;
  /** Undefined where the source is not there. */
  readonly source: BuildSourceSeed | undefined;
  readonly running: RunningBuild | undefined;
  stoppedAt: number | null;
}

type Status = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';

/** How a build stands. It ends when its time has come, and its commands have ended. */
export function statusAt({ stoppedAt, endsAt, source, running }: BuildWork, now: number): Status {
  if (stoppedAt !== null) return 'STOPPED';
  const result = running?.result();
  if (now < endsAt || (source !== undefined && result === undefined)) return 'IN_PROGRESS';
  if (source === undefined) return 'FAILED';
  if (result?.exitCode === null) return 'TIMED_OUT';
  return result?.exitCode === 0 ? 'SUCCEEDED' : 'FAILED';
}
