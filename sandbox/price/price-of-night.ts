import type { NightUsage } from './measured-night';

interface Item {
  readonly what: string;
  /** Of how many one tenant takes. */
  readonly count: (usage: NightUsage) => number;
  /** In US dollars: AWS's list price in us-east-1, without anything that is free. */
  readonly dollarsPerMillion: number;
}

/** A function of 512 MB on arm64 that works for half a second: as long as one that waits for some calls of AWS. */
const SECONDS = 0.5;
const GIGABYTES = 0.5;
const DOLLARS_PER_GIGABYTE_SECOND = 0.0000133334;

const ITEMS: readonly Item[] = [
  { what: 'Step Functions, state transitions', count: (usage) => usage.stateTransitions, dollarsPerMillion: 25 },
  { what: 'Lambda, calls', count: (usage) => usage.invocations, dollarsPerMillion: 0.2 },
  {
    what: `Lambda, ${SECONDS} s of 512 MB for each call`,
    count: (usage) => usage.invocations,
    dollarsPerMillion: SECONDS * GIGABYTES * DOLLARS_PER_GIGABYTE_SECOND * 1e6,
  },
  { what: 'DynamoDB, read request units', count: (usage) => usage.ledgerReads, dollarsPerMillion: 0.125 },
  { what: 'DynamoDB, write request units', count: (usage) => usage.ledgerWrites, dollarsPerMillion: 0.625 },
  { what: 'SQS, requests', count: (usage) => usage.queueRequests, dollarsPerMillion: 0.4 },
  { what: 'EventBridge, events', count: (usage) => usage.events, dollarsPerMillion: 1 },
];

const TENANTS = 1000;

/** What a night costs for a thousand tenants, as a table in Markdown. */
export function priceOfNight(usage: NightUsage): string {
  const dollars = ({ count, dollarsPerMillion }: Item): number => (count(usage) * TENANTS * dollarsPerMillion) / 1e6;
  const rows = ITEMS.map((item) => `| ${item.what} | ${item.count(usage).toFixed(1)} | ${dollars(item).toFixed(3)} |`);
  const sum = ITEMS.reduce((total, item) => total + dollars(item), 0);
  return [
    '| what | for each tenant | US dollars for 1,000 tenants |',
    '|---|---|---|',
    ...rows,
    `| a night | | ${sum.toFixed(2)} |`,
    `| a month of 30 | | ${(30 * sum).toFixed(2)} |`,
    '',
  ].join('\n');
}
