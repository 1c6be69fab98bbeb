import { AUTOMATION } from '../sandbox/organization/organization-under-test';
import type { Reading } from './reading';
import { samlMetadata } from './saml-provider-cases';

const Name = 'meshIdB';
const SAMLProviderArn = `arn:aws:iam::${AUTOMATION}:saml-provider/${Name}`;
const SAMLMetadataDocument = samlMetadata('idb.corp.example');
const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/) as unknown;

/** SAML providers, in an order in which one comes out of the other. */
export function samlProviderReadings(): readonly Reading[] {
  const unknown = { SAMLProviderArn: `${SAMLProviderArn}-unknown` };
  const absent = { error: 'NoSuchEntity', status: 404 };
  const reading = (operation: string, input: object, answer: object, refused: Reading['refused']): Reading => ({
    operation: `iam:${operation}`,
    account: 'automation',
    input,
    answer,
    refused,
  });
  const provider = { Name, SAMLMetadataDocument };
  return [
    reading(
      'CreateSAMLProvider',
      provider,
      { SAMLProviderArn },
      { input: provider, error: 'EntityAlreadyExists', status: 409 },
    ),
    reading(
      'GetSAMLProvider',
      { SAMLProviderArn },
      { SAMLMetadataDocument, CreateDate: time, ValidUntil: time },
      { input: unknown, ...absent },
    ),
    reading(
      'UpdateSAMLProvider',
      { SAMLProviderArn, SAMLMetadataDocument },
      { SAMLProviderArn },
      { input: { ...unknown, SAMLMetadataDocument }, ...absent },
    ),
    reading('DeleteSAMLProvider', { SAMLProviderArn }, {}, { input: unknown, ...absent }),
  ];
}
