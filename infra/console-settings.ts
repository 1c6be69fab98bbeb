import type { IConstruct } from 'constructs';

import { ConfigurationError } from '../functions/domain/base/errors';
import type { PlatformConfiguration } from '../functions/domain/configuration/platform-configuration';
import { partitionIn } from '../functions/domain/configuration/platform-place-faults';
import { checkedText, contextFlag, type Rule } from './context-values';
import { rulesOf } from './deployment-rules';

/** Who comes into the console on AWS, by the CDK's context. */
export interface ConsoleSettings {
  /** Of the SAML application in IAM Identity Center. */
  readonly metadataUrl: string;
  /** The ids of two groups. */
  readonly viewerGroup: string;
  readonly operatorGroup: string;
}

const KEYS = ['consoleSamlMetadataUrl', 'consoleViewerGroup', 'consoleOperatorGroup'] as const;

/**
 * Undefined where there is to be no console on AWS.
 *
 * @throws ConfigurationError that names key, value and remedy
 */
export function consoleSettings(
  scope: IConstruct,
  platform: Pick<PlatformConfiguration, 'accessConfig'>,
): ConsoleSettings | undefined {
  const [metadataUrl, viewerGroup, operatorGroup] = [
    checkedText(scope, KEYS[0], METADATA),
    checkedText(scope, KEYS[1], GROUP),
    checkedText(scope, KEYS[2], GROUP),
  ];
  if (!contextFlag(scope, 'console')) return undefined;
  checkPlace(scope, platform);
  if (metadataUrl === undefined || viewerGroup === undefined || operatorGroup === undefined) {
    const missing = KEYS.filter((key) => scope.node.tryGetContext(key) === undefined);
    throw new ConfigurationError(
      `The context asks for a console and lacks ${missing.join(', ')}. Give all three (docs/console.md says where they are found), or leave out console.`,
    );
  }
  if (viewerGroup === operatorGroup) {
    throw new ConfigurationError(
      `The context names the group ${viewerGroup} as consoleViewerGroup and as consoleOperatorGroup. Give two groups: one may look, the other may act.`,
    );
  }
  return { metadataUrl, viewerGroup, operatorGroup };
}

function checkPlace(scope: IConstruct, platform: Pick<PlatformConfiguration, 'accessConfig'>): void {
  const partition = partitionIn(platform)?.name ?? 'aws';
  if (partition !== 'aws') {
    throw new ConfigurationError(
      `The context asks for a console, and this installation is in the partition ${partition}: the console on AWS is made for the partition aws alone. Leave out console, and open it on your own machine: npx account-vending console.`,
    );
  }
  if (rulesOf(scope).apiVpcEndpointIds.length > 0) {
    throw new ConfigurationError(
      'The context asks for a console, and with apiVpcEndpointIds for an API that the Internet does not reach: CloudFront would be such a way. Leave out one of the two; npx account-vending console works through the endpoints.',
    );
  }
}

const METADATA: Rule = {
  pattern: /^https:\/\/[\w.-]+(?:\/[\w.~%-]+)+$/u,
  isNot: 'no address of SAML metadata',
  remedy:
    'Copy "IAM Identity Center SAML metadata file" of the application: https://portal.sso.<region>.amazonaws.com/saml/metadata/…',
};

/** As IAM Identity Center draws them. */
const GROUP: Rule = {
  pattern: /^(?:[0-9a-f]{10}-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u,
  isNot: 'no id of a group of IAM Identity Center',
  remedy: 'Copy "Group ID" of the group, and not its name: 03a4a8c2-0000-7000-8000-00000000000a.',
};
