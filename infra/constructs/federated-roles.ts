import { CfnOutput } from 'aws-cdk-lib';
import { CfnOIDCProvider, type PolicyStatement, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

import { type ConnectorFederation, federatedRoleName } from '../connector-federation';
import { inIam } from '../deployment-rules';
import { roleNameAndPath } from '../role-arn';
import { ServiceRole } from './service-role';

/**
 * Roles that are entered with a token of one issuer: for one audience, and each for one subject. IAM compares all of
 * them; without the subject, every workload of the issuer could come in.
 *
 * @evidence documented IAM/latest/UserGuide/id_roles_providers_create_oidc: a provider is known by the URL of its
 *   issuer and lists audiences; IAM checks certificates by its own authorities, and needs no thumbprint for those
 * @evidence documented IAM/latest/UserGuide/reference_policies_iam-condition-keys: the condition keys of web identity
 *   federation are the issuer without https://, a colon, and the claim
 */
export class FederatedRoles extends Construct {
  readonly #federation: ConnectorFederation;
  readonly #providerArn: string;

  constructor(scope: Construct, id: string, federation: ConnectorFederation) {
    super(scope, id);
    this.#federation = federation;
    this.#providerArn = new CfnOIDCProvider(this, 'Provider', {
      url: federation.issuer,
      clientIdList: [federation.audience],
    }).attrArn;
  }

  /** @param userName of the user in whose place the role stands */
  add(id: string, userName: string, subject: string, statements: readonly PolicyStatement[]): void {
    const { issuer, audience } = this.#federation;
    const host = issuer.replace(/^https:\/\//u, '');
    const role = new ServiceRole(this, id, {
      ...roleNameAndPath(`/${inIam(this, federatedRoleName(userName))}`),
      description: "meshStack's own connector or metering, by a token in place of access keys",
      trusted: new WebIdentityPrincipal(this.#providerArn, {
        StringEquals: { [`${host}:aud`]: audience, [`${host}:sub`]: subject },
      }),
      statements,
    });
    new CfnOutput(this, `${id}RoleArn`, { value: role.roleArn }).overrideLogicalId(`${id}RoleArn`);
  }
}
