import type { CfnParameterProps } from 'aws-cdk-lib';

/** What STS takes as an ExternalId; the rules of every parameter that is given one. CloudFormation never shows it. */
export const EXTERNAL_ID_RULES = {
  noEcho: true,
  // STS takes from 2 characters; fewer than 20 could be guessed.
  minLength: 20,
  maxLength: 1224,
  allowedPattern: String.raw`[\w+=,.@:/-]+`,
  constraintDescription:
    'must have 20 to 1224 characters out of letters, digits and _+=,.@:/- (what STS takes as an ExternalId). A random UUID will do.',
} satisfies CfnParameterProps;
