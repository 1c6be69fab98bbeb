import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

import { named } from '../deployment-rules';
import { MESH_STACK_SECRET_NAME } from '../names';
import { acknowledge } from '../nag-acknowledgements';

export interface MeshStackKeyProps {
  readonly encryptionKey: IKey | undefined;
}

/**
 * The secret for the API key of meshStack. It is made empty: the operator puts the key in, so that neither the template
 * nor CloudFormation ever has it, and an update leaves it as it is.
 */
export class MeshStackKey extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { encryptionKey }: MeshStackKeyProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      secretName: named(this, MESH_STACK_SECRET_NAME),
      description: 'API key of meshStack: {"clientId": "…", "clientSecret": "…"}',
      generateSecretString: { secretStringTemplate: '{"clientId":""}', generateStringKey: 'clientSecret' },
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
    });
    acknowledge(this.secret, 'apiKeyRotatesByHand');
  }
}
