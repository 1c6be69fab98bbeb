import type { IConstruct } from 'constructs';

import { connectorFederation, federatedRoleName } from './connector-federation';
import type { TrustedPrincipals } from './constructs/meshcloud-trust';
import { COST_EXPLORER_USER_NAME, SERVICE_USER_NAME } from './names';

export const NOBODY: TrustedPrincipals = { roleNames: [], userNames: [] };

/** Whom the document's two roles trust: the connector's user and, where it comes with tokens, its role. */
export const connectorPrincipals = (scope: IConstruct): TrustedPrincipals =>
  withRole(SERVICE_USER_NAME, connectorFederation(scope)?.connectorSubject);

/** Who reads costs for meshStack itself. */
export const meteringPrincipals = (scope: IConstruct): TrustedPrincipals =>
  withRole(COST_EXPLORER_USER_NAME, connectorFederation(scope)?.meteringSubject);

const withRole = (userName: string, subject: string | undefined): TrustedPrincipals => ({
  roleNames: subject === undefined ? [] : [federatedRoleName(userName)],
  userNames: [userName],
});
