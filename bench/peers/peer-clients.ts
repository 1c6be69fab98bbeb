import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';

import type { Interposed } from '../../sandbox/organization/in-process-transport';
import { PeerSessions } from './peer-session';
import type { Organization } from '../../sandbox/organization/organization';

/** The clients of a peer: to make one takes longer than a call. */
export class PeerClients {
  readonly sessions: PeerSessions;
  readonly organizations: OrganizationsClient;
  readonly serviceCatalog: ServiceCatalogClient;
  readonly identityStore: IdentitystoreClient;
  readonly identityCenter: SSOAdminClient;
  readonly cloudFormation: CloudFormationClient;
  readonly lambda: LambdaClient;

  /** @param roundTrip lets the time pass that a call takes */
  constructor(organization: Organization, roundTrip: Interposed) {
    this.sessions = new PeerSessions(organization, roundTrip);
    const { management, automation } = this.sessions;
    this.organizations = new OrganizationsClient(management);
    this.serviceCatalog = new ServiceCatalogClient(management);
    this.identityStore = new IdentitystoreClient(management);
    this.identityCenter = new SSOAdminClient(management);
    this.cloudFormation = new CloudFormationClient(automation);
    this.lambda = new LambdaClient(automation);
  }
}
