import type { Places } from './peer-clock';
import type { PeerVending } from './peer-vending';
import type { PollSchedule } from './poll-schedule';

/** A published way to vend accounts: its control flow alone, around the same work of AWS as ours. */
export interface Peer {
  readonly name: string;
  /** The publication of the flow: one release, by file and line. */
  readonly source: string;
  /** Lambda functions that one request comes through; each begins with a cold start. */
  readonly functions: number;
  readonly schedule: PollSchedule;
  /** Whether a state machine carries it out. */
  readonly hasStates: boolean;
  /** Takes the requests as the peer does, all of which come at once. */
  readonly run: (environment: PeerEnvironment) => Promise<void>;
}

/** What a peer works with. */
export interface PeerEnvironment {
  readonly vendings: readonly PeerVending[];
  readonly controlTower: boolean;
  readonly sleep: (seconds: number) => Promise<void>;
  readonly places: (count: number) => Places;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Sets a vending going by itself, and has it ended or lost before the peer itself ends. */
  readonly begin: (work: () => Promise<void>) => void;
  /** Waits until all of them have ended or are lost. */
  readonly follow: (works: readonly (() => Promise<void>)[]) => Promise<void>;
}
