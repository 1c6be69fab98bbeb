import { partitionOfArn } from '../places/partitions';
import type { Notification, NotificationData } from './notification';

/**
 * A custom notification of Amazon Q Developer in chat applications, which shows it in Slack and Microsoft Teams.
 *
 * @evidence documented chatbot/adminguide/custom-notifs: the schema, its required fields and lengths; messages of one
 *   `threadId` are one thread
 */
export interface ChatMessage {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: { readonly threadId: string; readonly summary: string; readonly eventType: string };
}

const MOST = { title: 250, description: 8000, nextStep: 350, keyword: 75 } as const;

/** In the words of people; a type of a later release is told by its own name. */
const TITLES: Readonly<Record<string, string>> = {
  'Account Vended': 'Account vended',
  'Account Vending Failed': 'Vending failed',
  'Account Vending Delayed': 'Vending is late',
  'Account Vending Awaits Approval': 'Vending waits for approval',
  'Account Vending Shadowed': 'Vending in shadow mode',
  'Account Closed': 'Tenant gone',
  'Account Closing Failed': 'Closing failed',
  'Account Closing Delayed': 'Closing is late',
  'Account Closing Awaits Approval': 'Closing waits for approval',
  'Account Closing Shadowed': 'Closing in shadow mode',
  'Usage Report Finalized': 'Usage reports are final',
  'Rollout Started': 'Rollout started',
  'Rollout Wave Ended': 'Wave of a rollout has ended',
  'Rollout Paused': 'Rollout paused',
  'Rollout Stopped': 'Rollout has stopped',
  'Rollout Ended': 'Rollout is over',
  'Drift Report': 'Nightly reconciliation has ended',
};

/** Fields of the description, in this order, with what people read before them. */
const LINES = {
  landingZone: 'Landing zone',
  accountName: 'Account name',
  accountId: 'Account',
  accountState: 'Account in AWS',
  state: 'Failed in',
  where: 'Stands in',
  error: 'Error',
  cause: 'Cause',
  verdict: 'Verdict',
  changes: 'Changes in AWS',
  expiresAt: 'Approval expires',
  month: 'Month',
  invoiceTotal: 'Invoices',
  currency: 'Currency',
  reports: 'Reports',
  updatedReports: 'Changed since they were final',
  pass: 'Night',
  reconciled: 'Tenants reconciled',
  changed: 'Drifted and put right',
  failed: 'Failed runs',
  lost: 'Accounts lost',
  notBegun: 'Not begun',
  unfinished: 'Not ended',
  rolloutId: 'Rollout',
  status: 'Status',
  wave: 'Wave',
  changing: 'Tenants to be changed',
  done: 'Done',
  unexpected: 'With unexpected changes',
} as const;

/** The message of a notification. The same one gives the same message. */
export function chatMessage({ id, type, data }: Notification): ChatMessage {
  const title = [TITLES[type] ?? type, subjectOf(data)].filter((part) => part !== '').join(': ');
  return {
    version: '1.0',
    source: 'custom',
    id,
    content: {
      textType: 'client-markdown',
      title: cut(title, MOST.title),
      description: cut(descriptionOf(data, type), MOST.description),
      nextSteps: nextStepsOf(data).map((step) => cut(step, MOST.nextStep)),
      keywords: [type, ...textsOf(data, 'error', 'workspaceIdentifier')].map((word) => cut(word, MOST.keyword)),
    },
    metadata: {
      threadId: String(data['tenantUuid'] ?? type),
      summary: cut(title, MOST.title),
      eventType: type,
    },
  };
}

const subjectOf = (data: NotificationData): string =>
  textsOf(data, 'workspaceIdentifier', 'projectIdentifier').join(' / ');

function descriptionOf(data: NotificationData, type: string): string {
  const lines = Object.entries(LINES).flatMap(([name, words]) => {
    const value = data[name];
    const label = name === 'state' && type === 'Usage Report Finalized' ? 'State' : words;
    return value === undefined || value === null ? [] : [`${label}: ${inChat(String(value))}`];
  });
  return lines.length === 0 ? type : lines.join('\n');
}

function nextStepsOf(data: NotificationData): readonly string[] {
  const [tenantUuid] = textsOf(data, 'tenantUuid');
  const [executionArn] = textsOf(data, 'executionArn');
  return [
    ...textsOf(data, 'remedy'),
    ...(tenantUuid === undefined ? [] : [`npx account-vending vendings show ${tenantUuid}`]),
    ...(executionArn === undefined ? [] : [executionLink(executionArn)]),
  ];
}

/** The link that the console itself shows; AWS promises no form for it. */
function executionLink(arn: string): string {
  const [, , , region = ''] = arn.split(':');
  const domain = partitionOfArn(arn)?.consoleDomain ?? 'console.aws.amazon.com';
  return `https://${region}.${domain}/states/home?region=${region}#/v2/executions/details/${arn}`;
}

const textsOf = (data: NotificationData, ...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => {
    const value = data[name];
    return typeof value === 'string' && value !== '' ? [inChat(value)] : [];
  });

/** `<!channel>` and `@here` in a text that AWS or a user has written would call everybody. */
const inChat = (text: string): string => text.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('@', '＠');

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
