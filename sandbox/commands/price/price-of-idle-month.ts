import { DOLLARS_PER_MILLION_REQUESTS } from './prices';

/** As CloudFormation has it. */
export interface StackTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

interface Standing {
  readonly what: string;
  readonly count: number;
  /** How many of them AWS gives every month, for good, to all accounts of an organization together. */
  readonly free: number;
  /** The price of one in a month, in US dollars: AWS's list price in us-east-1. */
  readonly dollars: number;
}

/** Lambda asks an empty queue with five pollers, each waiting for twenty seconds. */
const POLLS_OF_QUEUE = 5 * 3 * 60 * 24 * 30;

/** A ledger of some thousand tenants; a table with an on-demand price and its copies of 35 days. */
const LEDGER_GIGABYTES = 0.1;

/** Everything in a template that is charged for being there. */
function standing({ Resources }: StackTemplate): readonly Standing[] {
  const types = Object.values(Resources).map(({ Type }) => Type);
  const of = (type: string): number => types.filter((one) => one === type).length;
  const tables = of('AWS::DynamoDB::GlobalTable');
  return [
    { what: 'CloudWatch, metrics of alarms', count: of('AWS::CloudWatch::Alarm'), free: 10, dollars: 0.1 },
    {
      what: 'CloudWatch, dashboards of 50 metrics at most',
      count: of('AWS::CloudWatch::Dashboard'),
      free: 3,
      dollars: 3,
    },
    { what: 'Secrets Manager, secrets', count: of('AWS::SecretsManager::Secret'), free: 0, dollars: 0.4 },
    { what: 'KMS, keys', count: of('AWS::KMS::Key'), free: 0, dollars: 1 },
    {
      what: 'SQS, requests by which Lambda looks into queues',
      count: of('AWS::Lambda::EventSourceMapping') * POLLS_OF_QUEUE,
      free: 1e6,
      dollars: DOLLARS_PER_MILLION_REQUESTS / 1e6,
    },
    { what: 'DynamoDB, GB stored', count: tables * LEDGER_GIGABYTES, free: 25, dollars: 0.25 },
    { what: 'DynamoDB, GB of point-in-time recovery', count: tables * LEDGER_GIGABYTES, free: 0, dollars: 0.2 },
  ];
}

export interface IdleMonth {
  /** As a table in Markdown. */
  readonly table: string;
  readonly dollars: number;
  /** The same where other accounts of the organization have used up what AWS gives. */
  readonly dollarsNothingFree: number;
}

/** What a month costs in which nothing happens. */
export function priceOfIdleMonth(template: StackTemplate): IdleMonth {
  const all = standing(template);
  const listed = ({ count, dollars }: Standing): number => count * dollars;
  const paid = ({ count, free, dollars }: Standing): number => Math.max(0, count - free) * dollars;
  const sum = (price: (one: Standing) => number): number => all.reduce((total, one) => total + price(one), 0);
  const rows = all.map(
    (one) => `| ${one.what} | ${one.count} | ${one.free} | ${listed(one).toFixed(2)} | ${paid(one).toFixed(2)} |`,
  );
  return {
    dollars: sum(paid),
    dollarsNothingFree: sum(listed),
    table: [
      '| what | how many | of these free | US dollars, nothing free | US dollars |',
      '|---|---|---|---|---|',
      ...rows,
      `| an idle month | | | ${sum(listed).toFixed(2)} | ${sum(paid).toFixed(2)} |`,
      '',
    ].join('\n'),
  };
}
