import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolClient,
  type IUserPool,
  OAuthScope,
  ProviderAttribute,
  StringAttribute,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolIdentityProviderSaml,
  UserPoolIdentityProviderSamlMetadata,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

import { named } from '../deployment-rules';
import { acknowledge } from '../nag-acknowledgements';

export interface ConsoleSignInProps {
  /** Of the application in IAM Identity Center. */
  readonly metadataUrl: string;
}

/** Of the provider in the pool; the page names it, so that people see no page of Cognito. */
export const PROVIDER_NAME = 'IdentityCenter';

/** A token is good for so long. Groups are read when somebody signs in. */
const VALIDITY = Duration.hours(1);

/**
 * Lets people in whom IAM Identity Center knows, and nobody else: the pool has no users of its own, and no way to make
 * some.
 */
export class ConsoleSignIn extends Construct {
  readonly userPool: IUserPool;
  /** Where people are sent to, and where the page gets its tokens from. */
  readonly url: string;
  readonly #provider: UserPoolIdentityProviderSaml;

  constructor(scope: Construct, id: string, { metadataUrl }: ConsoleSignInProps) {
    super(scope, id);
    const userPool = new UserPool(this, 'People', {
      userPoolName: named(this, 'account-vending-console'),
      selfSignUpEnabled: false,
      accountRecovery: AccountRecovery.NONE,
      standardAttributes: { email: { mutable: true } },
      // Cognito writes it at each sign-in, and fails where it may not, or where it is too long.
      customAttributes: { groups: new StringAttribute({ mutable: true, maxLen: 2048 }) },
      passwordPolicy: {
        minLength: 16,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(userPool, 'identityCenterAsksForMore', 'identityCenterWatchesSignIns', 'planWithoutThreatProtection');
    this.userPool = userPool;
    const domainPrefix = `${named(this, 'vending-console').toLowerCase()}-${Aws.ACCOUNT_ID}`;
    userPool.addDomain('Domain', { cognitoDomain: { domainPrefix } });
    this.url = `https://${domainPrefix}.auth.${Aws.REGION}.amazoncognito.com`;
    this.#provider = new UserPoolIdentityProviderSaml(this, 'IdentityCenter', {
      userPool,
      name: PROVIDER_NAME,
      metadata: UserPoolIdentityProviderSamlMetadata.url(metadataUrl),
      attributeMapping: {
        email: ProviderAttribute.other('email'),
        custom: { 'custom:groups': ProviderAttribute.other('groups') },
      },
    });
  }

  /**
   * The page as a client. It asks for no scope but `openid`: with `aws.cognito.signin.user.admin`, people could write
   * the attribute that has their groups. No flow of Cognito's own API is open for the same reason: tokens that it gives
   * out have that scope. The one flow that is named asks for a user with a password and for a permission of IAM.
   *
   * @evidence documented cognito/developerguide/cognito-user-pools-define-resource-servers: "The user pools reserved
   *   API scope"
   */
  clientOf(pageUrl: string): UserPoolClient {
    const client = new UserPoolClient(this, 'Page', {
      userPool: this.userPool,
      supportedIdentityProviders: [UserPoolClientIdentityProvider.custom(PROVIDER_NAME)],
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID],
        callbackUrls: [pageUrl],
        logoutUrls: [pageUrl],
      },
      accessTokenValidity: VALIDITY,
      idTokenValidity: VALIDITY,
      refreshTokenValidity: VALIDITY,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
    });
    const resource = client.node.defaultChild;
    if (resource instanceof CfnUserPoolClient) {
      resource.explicitAuthFlows = ['ALLOW_ADMIN_USER_PASSWORD_AUTH'];
      resource.readAttributes = ATTRIBUTES;
      resource.writeAttributes = ATTRIBUTES;
    }
    client.node.addDependency(this.#provider);
    return client;
  }
}

/** What Cognito writes at a sign-in, it writes for the client. */
const ATTRIBUTES = ['email', 'custom:groups'];
