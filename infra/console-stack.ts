import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';

import type { ConsoleSettings } from './console-settings';
import { ConsoleApi } from './constructs/console-api';
import { ConsolePages } from './constructs/console-pages';
import { ConsoleSignIn, PROVIDER_NAME } from './constructs/console-sign-in';
import { keepRules, ruled } from './ruled-stack';

export interface ConsoleStackProps extends StackProps {
  readonly settings: ConsoleSettings;
  /** The built page. */
  readonly bundle: ISource;
  /** For the log of the API; absent: a key of AWS. */
  readonly kmsKeyArn: string | undefined;
  /** Whether the API writes its calls into a log, as that of machines does. */
  readonly writesApiLogs: boolean;
  /** The release, for links to its documents. */
  readonly version: string;
}

/**
 * The console for people without a command line: a page that IAM Identity Center lets them into. It stands beside
 * VendingStack, after it, in the same account and region, and changes nothing there.
 */
export class ConsoleStack extends Stack {
  constructor(scope: Construct, id: string, given: ConsoleStackProps) {
    const { settings, bundle, version, kmsKeyArn, writesApiLogs, ...props } = given;
    super(scope, id, { ...ruled(scope, id), ...props });
    keepRules(this);
    const signIn = new ConsoleSignIn(this, 'SignIn', settings);
    const { userPool } = signIn;
    const encryptionKey = kmsKeyArn === undefined ? undefined : Key.fromKeyArn(this, 'Key', kmsKeyArn);
    const called = { ...settings, userPool, encryptionKey, writesLogs: writesApiLogs };
    const { restApi } = new ConsoleApi(this, 'Api', called);
    const pages = new ConsolePages(this, 'Pages', { restApi, signInUrl: signIn.url });
    const { userPoolClientId: clientId } = signIn.clientOf(pages.url);
    const login = {
      issuer: `https://${userPool.userPoolProviderName}`,
      url: signIn.url,
      clientId,
      provider: PROVIDER_NAME,
    };
    pages.deploy(bundle, Source.jsonData('installation.json', { apiUrl: restApi.url, version, login }));
    // In the words of the form of IAM Identity Center.
    new CfnOutput(this, 'ConsoleUrl', { value: pages.url });
    new CfnOutput(this, 'ApplicationAcsUrl', { value: `${signIn.url}/saml2/idpresponse` });
    new CfnOutput(this, 'ApplicationSamlAudience', { value: `urn:amazon:cognito:sp:${userPool.userPoolId}` });
  }
}
