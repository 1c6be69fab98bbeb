import { contentHash } from '../base/canonical-json';
import { parsedJson } from '../base/parsed-json';

/**
 * The path of all our roles: the access role keeps the right to change and remove what is below it, and nothing else.
 */
export const SAML_ROLE_PATH = '/meshidb/';

export const samlProviderArn = (partition: string, accountId: string, name: string): string =>
  `arn:${partition}:iam::${accountId}:saml-provider/${name}`;

/**
 * Trusts the people whom the provider has signed in, for the AWS console. Source: IAM User Guide, "Create a role for
 * SAML 2.0 federation".
 */
export const samlTrust = (providerArn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: providerArn },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      },
    ],
  });

export const isSamlTrust = (document: string, providerArn: string): boolean =>
  contentHash(parsedJson(document) ?? null) === contentHash(JSON.parse(samlTrust(providerArn)));
