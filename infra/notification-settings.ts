import type { IConstruct } from 'constructs';

import { checkedText, contextFlag, type Rule } from './context-values';

/** What NotificationStack is asked to do, by the CDK's context. */
export interface NotificationSettings {
  /** Which events are shown in a chat; undefined: none are. */
  readonly chat: 'all' | 'attention' | undefined;
  /** The address that every event is sent to, signed; undefined: none. */
  readonly webhookUrl: string | undefined;
  /** Whether the schemas of all events are in the schema registry of EventBridge. */
  readonly schemaRegistry: boolean;
}

/**
 * Undefined where nothing is asked for: then there is no such stack.
 *
 * @throws ConfigurationError that names key, value and remedy
 */
export function notificationSettings(scope: IConstruct): NotificationSettings | undefined {
  const chat = checkedText(scope, 'chatNotifications', CHAT);
  const settings: NotificationSettings = {
    chat: chat === 'all' || chat === 'attention' ? chat : undefined,
    webhookUrl: checkedText(scope, 'webhookUrl', WEBHOOK),
    schemaRegistry: contextFlag(scope, 'schemaRegistry'),
  };
  const { webhookUrl, schemaRegistry } = settings;
  return settings.chat === undefined && webhookUrl === undefined && !schemaRegistry ? undefined : settings;
}

const CHAT: Rule = {
  pattern: /^(?:all|attention)$/u,
  isNot: 'no choice of events',
  remedy: 'Give attention for what a person has to look at, or all; or leave it out to have nothing shown.',
};

/** No user, password or query: an address stands in the template, where secrets do not belong. */
const WEBHOOK: Rule = {
  pattern: /^https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[\w.~!$&'()*+,;=:@%/-]*)?$/u,
  isNot: 'no HTTPS address without a password and a query',
  remedy: 'Give it as https://hooks.corp.example/account-vending; requests are signed, so the address needs no secret.',
};
