import { CfnParameter, SecretValue, Stack, type StackProps } from 'aws-cdk-lib';
import { AccessKey, Policy, type PolicyStatement, User } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

import type { PlatformConfiguration } from '../functions/domain/configuration/platform-configuration';
import { connectorFederation } from './connector-federation';
import { hasMeteringExternalId } from './context-values';
import { FederatedRoles } from './constructs/federated-roles';
import { documentOf } from './constructs/service-role';
import { named } from './deployment-rules';
import { EXTERNAL_ID_RULES } from './external-id-rules';
import { acknowledge } from './nag-acknowledgements';
import { COST_EXPLORER_USER_NAME, SERVICE_USER_NAME } from './names';
import { mayAssume } from './policies/service-user';
import { costExplorerRoleName } from './role-arn';
import { keepRules, ruled } from './ruled-stack';

export interface ServiceUserStackProps extends StackProps {
  readonly platform: PlatformConfiguration;
  /** Whether the users get access keys, kept in Secrets Manager. */
  readonly accessKeys: boolean;
  /** A customer's key for the secrets; absent: a key of AWS. */
  readonly kmsKeyArn?: string | undefined;
}

/**
 * The users by which meshStack's own connector and metering work, for the meshcloud account; with a federation, roles
 * that they enter by tokens of an issuer outside AWS, so that no user needs a key. Nothing of ours uses any of them:
 * functions have roles.
 */
export class ServiceUserStack extends Stack {
  constructor(scope: Construct, id: string, { platform, accessKeys, kmsKeyArn, ...props }: ServiceUserStackProps) {
    super(scope, id, { ...ruled(scope, id), ...props });
    keepRules(this);
    const encryptionKey = kmsKeyArn === undefined ? undefined : Key.fromKeyArn(this, 'Key', kmsKeyArn);
    const externalId = this.#externalId('ExternalId', 'stacks of the management and the automation account were');
    const meteringExternalId = hasMeteringExternalId(this)
      ? this.#externalId('MeteringExternalId', 'stack of the management account was')
      : externalId;
    const managementRoleArn = platform.accessConfig.organizationRootAccountRole;

    const forConnector = [
      mayAssume(managementRoleArn, externalId),
      mayAssume(platform.automationAccountRole, externalId),
    ];
    const forMetering = [
      mayAssume(managementRoleArn.replace(/:role\/.*/u, `:role/${costExplorerRoleName(this)}`), meteringExternalId),
    ];
    const connector = this.#user('ServiceUser', SERVICE_USER_NAME, forConnector);
    const metering = this.#user('CostExplorerUser', COST_EXPLORER_USER_NAME, forMetering);
    const federation = connectorFederation(this);
    if (federation !== undefined) {
      const { connectorSubject, meteringSubject } = federation;
      const roles = new FederatedRoles(this, 'Federation', federation);
      roles.add('Connector', SERVICE_USER_NAME, connectorSubject, forConnector);
      if (meteringSubject !== undefined) {
        roles.add('Metering', COST_EXPLORER_USER_NAME, meteringSubject, forMetering);
      }
    }
    if (accessKeys) {
      keepAccessKey(connector, SERVICE_USER_NAME, encryptionKey);
      keepAccessKey(metering, COST_EXPLORER_USER_NAME, encryptionKey);
    }
  }

  #externalId(name: string, givenTo: string): string {
    const description = `The ${name} that the ${givenTo} given.`;
    return new CfnParameter(this, name, { ...EXTERNAL_ID_RULES, description }).valueAsString;
  }

  #user(id: string, userName: string, statements: readonly PolicyStatement[]): User {
    const user = new User(this, id, { userName: named(this, userName) });
    new Policy(user, 'Policy', { users: [user], document: documentOf(statements) });
    return user;
  }
}

/** Neither an output nor the template holds the key: the operator of the connector reads it from the secret. */
function keepAccessKey(user: User, userName: string, encryptionKey: IKey | undefined): void {
  const key = new AccessKey(user, 'AccessKey', { user });
  const secret = new Secret(user, 'AccessKeySecret', {
    secretName: named(user, `meshstack/${userName}`),
    description: `Access key of ${named(user, userName)}`,
    ...(encryptionKey === undefined ? {} : { encryptionKey }),
    secretObjectValue: {
      accessKeyId: SecretValue.unsafePlainText(key.accessKeyId),
      secretAccessKey: key.secretAccessKey,
    },
  });
  acknowledge(secret, 'accessKeyRotatesByHand');
}
