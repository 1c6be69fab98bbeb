import type { Usage } from './measured-usage';

export interface Item {
  readonly what: string;
  /** How many of them one tenant takes. */
  readonly count: (usage: Usage) => number;
  /** In US dollars: AWS's list price in us-east-1, without anything that is free. */
  readonly dollarsPerMillion: number;
}

/** The price of requests to SQS. */
export const DOLLARS_PER_MILLION_REQUESTS = 0.4;

/** A function of 512 MB on arm64 that works for half a second: as long as one that waits for some calls of AWS. */
const SECONDS = 0.5;
const GIGABYTES = 0.5;
/** There and back, signed and answered: longer than most reads take. */
const SECONDS_OF_CALL = 0.12;
const DOLLARS_PER_GIGABYTE_SECOND = 0.0000133334;

/** What is charged by the use. */
export const ITEMS: readonly Item[] = [
  { what: 'Step Functions, state transitions', count: (usage) => usage.stateTransitions, dollarsPerMillion: 25 },
  { what: 'Lambda, calls', count: (usage) => usage.invocations, dollarsPerMillion: 0.2 },
  {
    what: `Lambda, ${SECONDS} s of 512 MB for each call`,
    count: (usage) => usage.invocations,
    dollarsPerMillion: SECONDS * GIGABYTES * DOLLARS_PER_GIGABYTE_SECOND * 1e6,
  },
  {
    what: 'Lambda, seconds of 512 MB that wait for a near look',
    count: (usage) => usage.waitedSeconds,
    dollarsPerMillion: GIGABYTES * DOLLARS_PER_GIGABYTE_SECOND * 1e6,
  },
  {
    what: `Lambda, ${SECONDS_OF_CALL} s of 1 GB for each call of a dry run`,
    count: (usage) => usage.callsOfDryRuns,
    dollarsPerMillion: SECONDS_OF_CALL * DOLLARS_PER_GIGABYTE_SECOND * 1e6,
  },
  {
    what: 'Lambda, seconds of 512 MB that wait for dry runs',
    count: (usage) => usage.comparingSeconds,
    dollarsPerMillion: GIGABYTES * DOLLARS_PER_GIGABYTE_SECOND * 1e6,
  },
  { what: 'DynamoDB, read request units', count: (usage) => usage.ledgerReads, dollarsPerMillion: 0.125 },
  { what: 'DynamoDB, write request units', count: (usage) => usage.ledgerWrites, dollarsPerMillion: 0.625 },
  { what: 'SQS, requests', count: (usage) => usage.queueRequests, dollarsPerMillion: DOLLARS_PER_MILLION_REQUESTS },
  { what: 'EventBridge, events', count: (usage) => usage.events, dollarsPerMillion: 1 },
];

/** In US dollars, for so many. */
export const dollarsOf = (usage: Usage, { count, dollarsPerMillion }: Item, times = 1): number =>
  (count(usage) * times * dollarsPerMillion) / 1e6;
