import {
  CreateSAMLProviderCommand,
  DeleteSAMLProviderCommand,
  GetSAMLProviderCommand,
  type IAMClient,
  UpdateSAMLProviderCommand,
} from '@aws-sdk/client-iam';
import type { ContractCase } from './contract-case';

/** Long enough for AWS, which takes no less than 1000 characters. */
export const samlMetadata = (entity: string): string =>
  `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://${entity}">` +
  `<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><!-- ${'.'.repeat(1000)} -->` +
  '</md:IDPSSODescriptor></md:EntityDescriptor>';

const inMember =
  (steps: (member: Member) => Promise<unknown>): ContractCase['run'] =>
  ({ memberIam, accountId, unique }) =>
    steps(new Member(memberIam, accountId, unique));

class Member {
  readonly iam: IAMClient;
  readonly Name: string;
  readonly unknown: string;

  constructor(iam: IAMClient, accountId: string, unique: string) {
    this.iam = iam;
    this.Name = `idp-${unique}`;
    this.unknown = `arn:aws:iam::${accountId}:saml-provider/unknown-${unique}`;
  }

  make() {
    const SAMLMetadataDocument = samlMetadata(this.Name);
    return this.iam.send(new CreateSAMLProviderCommand({ Name: this.Name, SAMLMetadataDocument }));
  }

  get(SAMLProviderArn: string | undefined) {
    return this.iam.send(new GetSAMLProviderCommand({ SAMLProviderArn }));
  }
}

export const samlProviderCases: readonly ContractCase[] = [
  {
    operation: 'iam:CreateSAMLProvider',
    case: 'success',
    run: inMember((member) => member.make()),
  },
  {
    operation: 'iam:CreateSAMLProvider',
    case: 'error: too short a document',
    run: inMember(({ iam, Name }) =>
      iam.send(new CreateSAMLProviderCommand({ Name, SAMLMetadataDocument: '<EntityDescriptor/>' })),
    ),
  },
  {
    operation: 'iam:GetSAMLProvider',
    case: 'success',
    run: inMember(async (member) => {
      const { SAMLProviderArn } = await member.make();
      const { SAMLMetadataDocument } = await member.get(SAMLProviderArn);
      return SAMLMetadataDocument === samlMetadata(member.Name);
    }),
  },
  {
    operation: 'iam:GetSAMLProvider',
    case: 'error: an unknown provider',
    run: inMember((member) => member.get(member.unknown)),
  },
  {
    operation: 'iam:UpdateSAMLProvider',
    case: 'success',
    run: inMember(async (member) => {
      const { SAMLProviderArn } = await member.make();
      const SAMLMetadataDocument = samlMetadata('elsewhere');
      await member.iam.send(new UpdateSAMLProviderCommand({ SAMLProviderArn, SAMLMetadataDocument }));
      return (await member.get(SAMLProviderArn)).SAMLMetadataDocument === SAMLMetadataDocument;
    }),
  },
  {
    operation: 'iam:UpdateSAMLProvider',
    case: 'error: an unknown provider',
    run: inMember(({ iam, unknown }) =>
      iam.send(
        new UpdateSAMLProviderCommand({ SAMLProviderArn: unknown, SAMLMetadataDocument: samlMetadata('elsewhere') }),
      ),
    ),
  },
  {
    operation: 'iam:DeleteSAMLProvider',
    case: 'success',
    run: inMember(async (member) => {
      const { SAMLProviderArn } = await member.make();
      await member.iam.send(new DeleteSAMLProviderCommand({ SAMLProviderArn }));
      return member.get(SAMLProviderArn);
    }),
  },
  {
    operation: 'iam:DeleteSAMLProvider',
    case: 'error: an unknown provider',
    run: inMember(({ iam, unknown }) => iam.send(new DeleteSAMLProviderCommand({ SAMLProviderArn: unknown }))),
  },
];
