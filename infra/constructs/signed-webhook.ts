import { CfnOutput } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

import { named } from '../deployment-rules';
import type { Granted } from '../function-grants';
import { acknowledge } from '../nag-acknowledgements';
import { WEBHOOK_SECRET_NAME } from '../names';

export interface SignedWebhookProps {
  readonly webhookUrl: string;
  readonly encryptionKey: IKey | undefined;
}

/**
 * The secret that requests are signed with. AWS draws it: neither the template nor a person has to know it. Letters and
 * digits are base64, and 44 of them are 33 bytes.
 */
export class SignedWebhook extends Construct {
  /** Lets a function know the address, and read the secret. */
  readonly granted: Granted;

  constructor(scope: Construct, id: string, { webhookUrl, encryptionKey }: SignedWebhookProps) {
    super(scope, id);
    const secret = new Secret(this, 'Secret', {
      secretName: named(this, WEBHOOK_SECRET_NAME),
      description: 'Signs the requests of the webhook: the key in base64, without whsec_',
      generateSecretString: { passwordLength: 44, excludePunctuation: true },
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
    });
    acknowledge(secret, 'signingSecretRotatesByHand');
    this.granted = {
      environment: { WEBHOOK_URL: webhookUrl, WEBHOOK_SECRET_ARN: secret.secretArn },
      statements: [new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] })],
    };
    new CfnOutput(this, 'SecretArn', { value: secret.secretArn }).overrideLogicalId('WebhookSecretArn');
  }
}
