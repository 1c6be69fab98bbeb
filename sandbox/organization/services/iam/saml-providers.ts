import * as z from 'zod';
import type { SamlProvider } from '../../organization-state';
import { operation, type CallContext, type Operation, type Target } from '../operation';
import { refuseQueryInput } from '../query-input';
import { entityAlreadyExists, invalidInput, noSuchEntity } from './iam-errors';
import { ownAccount } from './own-account';
import { arnIn } from '../../arn';

const providerName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w._-]+$/);
const providerArn = z.string().min(20).max(2048);
const metadata = z.string().min(1000).max(10_000_000);

const ofProvider = z.object({ SAMLProviderArn: providerArn });

/** Signing certificates of a hundred years: what AWS reads out of them is not modelled. */
const VALID_MILLISECONDS = 100 * 365 * 24 * 3600 * 1000;

const arnOf = ({ state, principal }: CallContext, name: string): string =>
  arnIn(state.seed, `iam::${principal.accountId}:saml-provider/${name}`);

function findProvider(context: CallContext, arn: string): SamlProvider {
  const provider = ownAccount(context).samlProviders.get(arn);
  if (provider === undefined) {
    // @evidence documented "botocore iam.GetSAMLProvider": NoSuchEntity for an ARN that no provider has
    throw noSuchEntity(`Manifest not found for arn ${arn}`);
  }
  return provider;
}

/** AWS parses the document; the model checks its form only. */
function checkMetadata(document: string): void {
  if (!/<(?:\w+:)?EntityDescriptor[\s>]/.test(document)) {
    // @evidence documented "botocore iam.CreateSAMLProvider": InvalidInput for an input parameter whose value is not
    //   valid
    throw invalidInput('Could not parse metadata');
  }
}

function create(context: CallContext, name: string, document: string): object {
  checkMetadata(document);
  const arn = arnOf(context, name);
  const { samlProviders } = ownAccount(context);
  if (samlProviders.has(arn)) {
    // @evidence documented "botocore iam.CreateSAMLProvider": EntityAlreadyExists for a name that a provider has
    throw entityAlreadyExists(`SAMLProvider ${arn} already exists.`);
  }
  samlProviders.set(arn, { arn, createdAt: context.now, document });
  return { SAMLProviderArn: arn };
}

const datesOf = ({ createdAt }: SamlProvider): object => ({
  CreateDate: new Date(createdAt),
  ValidUntil: new Date(createdAt + VALID_MILLISECONDS),
});

const providerTarget = (_: CallContext, { SAMLProviderArn }: z.infer<typeof ofProvider>): readonly Target[] => [
  { resource: SAMLProviderArn },
];

/** Identity providers of an account, which grant its roles to people by SAML. */
export const samlProviderOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:CreateSAMLProvider": CreateSAMLProvider answers SAMLProviderArn
    name: 'CreateSAMLProvider',
    write: true,
    input: z.object({ Name: providerName, SAMLMetadataDocument: metadata }),
    targets: (context, input) => [{ resource: arnOf(context, input.Name) }],
    answer: (context, input) => create(context, input.Name, input.SAMLMetadataDocument),
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore iam.GetSAMLProvider": GetSAMLProvider answers SAMLMetadataDocument, CreateDate
    //   and ValidUntil
    name: 'GetSAMLProvider',
    write: false,
    input: ofProvider,
    targets: providerTarget,
    answer: (context, input) => {
      const provider = findProvider(context, input.SAMLProviderArn);
      return { SAMLMetadataDocument: provider.document, ...datesOf(provider) };
    },
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:UpdateSAMLProvider": UpdateSAMLProvider answers SAMLProviderArn
    name: 'UpdateSAMLProvider',
    write: true,
    input: z.object({ SAMLProviderArn: providerArn, SAMLMetadataDocument: metadata }),
    targets: providerTarget,
    answer: (context, input) => {
      const provider = findProvider(context, input.SAMLProviderArn);
      checkMetadata(input.SAMLMetadataDocument);
      ownAccount(context).samlProviders.set(provider.arn, { ...provider, document: input.SAMLMetadataDocument });
      return { SAMLProviderArn: provider.arn };
    },
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore iam.DeleteSAMLProvider": DeleteSAMLProvider answers nothing
    name: 'DeleteSAMLProvider',
    write: true,
    input: ofProvider,
    targets: providerTarget,
    answer: (context, input) => {
      const { arn } = findProvider(context, input.SAMLProviderArn);
      ownAccount(context).samlProviders.delete(arn);
      return {};
    },
  }),
];
