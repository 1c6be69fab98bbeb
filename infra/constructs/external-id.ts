import { CfnParameter, SecretValue } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

import { EXTERNAL_ID_RULES } from '../external-id-rules';
import { acknowledge } from '../nag-acknowledgements';

export interface ExternalIdProps {
  readonly encryptionKey: IKey | undefined;
  /** The name of the parameter that it comes in by, as in cdk deploy --parameters VendingStack:ExternalId=… */
  readonly parameter: 'ExternalId' | 'MeteringExternalId';
  /** The roles that ask for it: in short, and by name. */
  readonly roles: string;
  readonly roleNames: string;
}

/**
 * The ExternalId that the service roles of the other accounts ask for. It comes in as a parameter that CloudFormation
 * never shows, and is read at run time from a secret: neither the template nor a function's environment holds it.
 */
export class ExternalId extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { encryptionKey, parameter: name, roles, roleNames }: ExternalIdProps) {
    super(scope, id);
    const parameter = new CfnParameter(this, 'Parameter', {
      ...EXTERNAL_ID_RULES,
      description: `The ExternalId in the trust policies of ${roleNames}, for example a random UUID.`,
    });
    parameter.overrideLogicalId(name);
    this.secret = new Secret(this, 'Secret', {
      description: `ExternalId of ${roles}`,
      secretStringValue: SecretValue.cfnParameter(parameter),
      ...(encryptionKey === undefined ? {} : { encryptionKey }),
    });
    acknowledge(this.secret, 'externalIdRotatesByHand');
  }
}
