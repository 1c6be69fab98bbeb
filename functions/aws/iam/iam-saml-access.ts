import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  DeleteRoleCommand,
  DeleteSAMLProviderCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetSAMLProviderCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  PutRolePermissionsBoundaryCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateSAMLProviderCommand,
} from '@aws-sdk/client-iam';

import type { MemberEntry, SamlAccess, SamlRole } from '../../ports/iam';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent, isAlreadySo, ignoreIf } from '../base/aws-error';
import { bounded, memberBoundary, memberIamClients } from './iam-client';

/** SAML providers and roles in the IAM of member accounts. */
export function iamSamlAccess(session: AwsSession): SamlAccess {
  const clientFor = memberIamClients(session);
  const inAccount = <Answer>(entry: MemberEntry, doing: string, call: (iam: IAMClient) => Promise<Answer>) =>
    calling(`${doing} in account ${entry.accountId}`, () => call(clientFor(entry)));
  /** A write that may find that all is so already. */
  const write = (entry: MemberEntry, doing: string, call: (iam: IAMClient) => Promise<unknown>) =>
    inAccount(entry, doing, async (iam) => {
      await ignoreIf(isAlreadySo, () => call(iam));
    });
  /** A removal that may find nothing. */
  const remove = (entry: MemberEntry, doing: string, call: (iam: IAMClient) => Promise<unknown>) =>
    inAccount(entry, doing, async (iam) => {
      await ignoreIf(isAbsent, () => call(iam));
    });
  return {
    findProvider: (entry, SAMLProviderArn) =>
      inAccount(entry, `look for ${SAMLProviderArn}`, async (iam) => {
        const found = await ignoreIf(isAbsent, () => iam.send(new GetSAMLProviderCommand({ SAMLProviderArn })));
        return found === undefined ? undefined : (found.SAMLMetadataDocument ?? '');
      }),
    createProvider: (entry, { name: Name, metadata: SAMLMetadataDocument }) =>
      write(entry, `make the SAML provider ${Name}`, (iam) =>
        iam.send(new CreateSAMLProviderCommand({ Name, SAMLMetadataDocument })),
      ),
    updateProvider: (entry, { arn: SAMLProviderArn, metadata: SAMLMetadataDocument }) =>
      write(entry, `update ${SAMLProviderArn}`, (iam) =>
        iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn, SAMLMetadataDocument })),
      ),
    deleteProvider: (entry, SAMLProviderArn) =>
      remove(entry, `delete ${SAMLProviderArn}`, (iam) => iam.send(new DeleteSAMLProviderCommand({ SAMLProviderArn }))),
    findRole: (entry, name) =>
      inAccount(entry, `look for the role ${name}`, (iam) => findRole(iam, name, memberBoundary(session, entry))),
    createRole: (entry, { name: RoleName, path: Path, trust: AssumeRolePolicyDocument }) =>
      write(entry, `make the role ${RoleName}`, (iam) =>
        withBoundary(session, entry, (PermissionsBoundary) =>
          iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument, PermissionsBoundary })),
        ),
      ),
    setBoundary: (entry, RoleName) =>
      write(entry, `put the boundary on ${RoleName}`, (iam) =>
        withBoundary(session, entry, (PermissionsBoundary) =>
          iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary })),
        ),
      ),
    setTrust: (entry, RoleName, PolicyDocument) =>
      write(entry, `set the trust of ${RoleName}`, (iam) =>
        iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument })),
      ),
    attachPolicy: (entry, RoleName, PolicyArn) =>
      write(entry, `attach ${PolicyArn} to ${RoleName}`, (iam) =>
        iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
      ),
    detachPolicy: (entry, RoleName, PolicyArn) =>
      remove(entry, `detach ${PolicyArn} from ${RoleName}`, (iam) =>
        iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
      ),
    deleteRole: (entry, RoleName) =>
      remove(entry, `delete the role ${RoleName}`, (iam) => iam.send(new DeleteRoleCommand({ RoleName }))),
  };
}

const withBoundary = <Answer>(
  session: AwsSession,
  entry: MemberEntry,
  call: (boundary: string | undefined) => Promise<Answer>,
): Promise<Answer> => {
  const boundary = memberBoundary(session, entry);
  return bounded(boundary, () => call(boundary));
};

async function findRole(
  client: IAMClient,
  RoleName: string,
  boundary: string | undefined,
): Promise<SamlRole | undefined> {
  const found = await ignoreIf(isAbsent, () => client.send(new GetRoleCommand({ RoleName })));
  if (found?.Role === undefined) return undefined;
  const { Path = '/', AssumeRolePolicyDocument = '', PermissionsBoundary } = found.Role;
  const lacksBoundary = boundary !== undefined && PermissionsBoundary?.PermissionsBoundaryArn !== boundary;
  const policyArns: string[] = [];
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies({ client }, { RoleName })) {
    policyArns.push(...AttachedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? []));
  }
  return { path: Path, trust: decodeURIComponent(AssumeRolePolicyDocument), policyArns, lacksBoundary };
}
