import { Aws, CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import { AccountPrincipal, type PrincipalBase } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

import { hasMeteringExternalId } from '../context-values';
import { inIam } from '../deployment-rules';
import { EXTERNAL_ID_RULES } from '../external-id-rules';

/** The principals of the meshcloud account that may assume a role. */
export interface TrustedPrincipals {
  /** Names of roles: those of the functions that go there. */
  readonly roleNames: readonly string[];
  /** Names of users, of meshStack's own connector. */
  readonly userNames: readonly string[];
}

/**
 * The trust of a service role in the meshcloud account. The principal is the account, and a condition names the roles:
 * a policy that named them as principals could not be made before the roles are, and would not match a role that was
 * deleted and created again.
 *
 * Brings the parameters of its stack: the account, the ExternalId, and the one before it while it is being changed.
 */
export class MeshcloudTrust extends Construct {
  /** The values of `sts:ExternalId` that count: one, or two while it is being changed. */
  readonly externalIds: readonly string[];
  /** The meshcloud account. */
  readonly accountId: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.accountId = this.#parameter('MeshcloudAccountId', {
      description: 'The account that VendingStack is deployed to.',
      allowedPattern: String.raw`\d{12}`,
      constraintDescription: 'must be an AWS account id of 12 digits.',
    }).valueAsString;
    this.externalIds = this.#externalIds('ExternalId');
  }

  /** The values that count for the role that reads costs; brings parameters of their own where there are such. */
  ofMetering(): readonly string[] {
    return hasMeteringExternalId(this) ? this.#externalIds('MeteringExternalId') : this.externalIds;
  }

  #externalIds(name: 'ExternalId' | 'MeteringExternalId'): readonly string[] {
    const externalId = this.#parameter(name, {
      ...EXTERNAL_ID_RULES,
      description: `The ${name} that VendingStack was given.`,
    });
    const previous = this.#parameter(`Previous${name}`, {
      ...EXTERNAL_ID_RULES,
      description: `While the ${name} is being changed: the one before, which counts as well. Empty otherwise.`,
      default: '',
      minLength: 0,
      allowedPattern: String.raw`[\w+=,.@:/-]*`,
      constraintDescription: `must be empty or the ${name} before this one.`,
    });
    const isChanging = new CfnCondition(this, `Is${name}Changing`, {
      expression: Fn.conditionNot(Fn.conditionEquals(previous.valueAsString, '')),
    });
    return [
      externalId.valueAsString,
      Fn.conditionIf(isChanging.logicalId, previous.valueAsString, Aws.NO_VALUE).toString(),
    ];
  }

  /** `aws:PrincipalArn` is the ARN of the role, however its session is named. */
  principal({ roleNames, userNames }: TrustedPrincipals, externalIds = this.externalIds): PrincipalBase {
    const arnOf = (resource: string): string => `arn:${Aws.PARTITION}:iam::${this.accountId}:${resource}`;
    return new AccountPrincipal(this.accountId).withConditions({
      ArnEquals: {
        'aws:PrincipalArn': [
          ...roleNames.map((name) => arnOf(`role/${inIam(this, name)}`)),
          ...userNames.map((name) => arnOf(`user/${inIam(this, name)}`)),
        ],
      },
      StringEquals: { 'sts:ExternalId': externalIds },
    });
  }

  /** Without the CDK's prefix and hash: it is typed by people. */
  #parameter(name: string, props: ConstructorParameters<typeof CfnParameter>[2]): CfnParameter {
    const parameter = new CfnParameter(this, name, props);
    parameter.overrideLogicalId(name);
    return parameter;
  }
}
