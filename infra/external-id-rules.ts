import type { CfnParameterProps } from 'aws-cdk-lib';

/** What STS takes as an ExternalId; the rules of every parameter that is given one. CloudFormation never shows it. */
export const EXTERNAL_ID_RULES = {
  noEcho: true,
  // STS takes from 2 characters; fewer than 20 could be guessed.
  minLength: 20,
  // STS takes up to 1,224; a trust policy, which may hold two of them, takes 2,048 in all.
  maxLength: 128,
  allowedPattern: String.raw`[\w+=,.@:/-]+`,
  constraintDescription: 'must have 20 to 128 characters out of letters, digits and _+=,.@:/-. A random UUID will do.',
} satisfies CfnParameterProps;
