import type { Places } from './peer-clock';
import type { PeerVending } from './peer-vending';
import type { Rhythm } from './rhythm';

/** A published way to vend accounts: its control flow alone, around the same work of AWS as ours. */
export interface Peer {
  readonly name: string;
  /** Where the flow is published. */
  readonly source: string;
  readonly rhythm: Rhythm;
  /** Whether a state machine carries it out. */
  readonly hasStates: boolean;
  /** Takes the requests as the peer does, all of which come at once. */
  readonly run: (scene: Scene) => Promise<void>;
}

/** Where a peer works. */
export interface Scene {
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
