import type { Letter } from '../domain/fleet/dead-letter';

/** What queues do, as far as dead letters go. Each call names its queue by URL. */
export interface LetterQueues {
  /** How many letters somebody else has taken and neither deleted nor given back. An estimate, up to a minute old. */
  hiddenIn(queueUrl: string): Promise<number>;
  /**
   * Some letters, which nobody else sees for as long; none: there is no other now. The same one may come twice, as SQS
   * delivers.
   */
  take(queueUrl: string, hiddenSeconds: number): Promise<readonly Letter[]>;
  /** Makes letters that were taken visible at once. */
  releaseTurn(queueUrl: string, letters: readonly Letter[]): Promise<void>;
  send(queueUrl: string, body: string): Promise<void>;
  /** Again: does nothing. */
  remove(queueUrl: string, letter: Letter): Promise<void>;
}
