import type { IConstruct } from 'constructs';

import { ConfigurationError } from '../functions/domain/base/errors';
import { checkedText, contextFlag, type Rule } from './context-values';

/** By which tokens meshStack's own connector and metering work, in place of access keys. */
export interface ConnectorFederation {
  /** Of the tokens, `https://` included. */
  readonly issuer: string;
  readonly audience: string;
  readonly connectorSubject: string;
  /** Absent: metering works by its user. */
  readonly meteringSubject: string | undefined;
}

const ISSUER: Rule = {
  pattern: /^https:\/\/[a-z0-9.-]+(?:\/[\w.~-]+)*$/u,
  isNot: 'no issuer that IAM takes',
  remedy:
    'Give the iss of the tokens as it stands there: https://<host>/<path>, without a port, a query or a slash at its end.',
};

const CLAIM: Rule = {
  pattern: /^[\w.:/@-]{1,255}$/u,
  isNot: 'no claim of such a token',
  remedy: 'Give it as it stands in the tokens, without wildcards: 1 to 255 letters, digits or _.:/@-',
};

const NAMES = ['connectorIssuer', 'connectorAudience', 'connectorSubject', 'meteringSubject'] as const;

/**
 * What the context says of it; undefined where nothing is said. The stacks of all accounts read the same values: two
 * trust the roles that the third one makes.
 *
 * @throws ConfigurationError when a part of it is missing, or nobody is served by it
 */
export function connectorFederation(scope: IConstruct): ConnectorFederation | undefined {
  const issuer = checkedText(scope, 'connectorIssuer', ISSUER);
  const audience = checkedText(scope, 'connectorAudience', CLAIM);
  const connectorSubject = checkedText(scope, 'connectorSubject', CLAIM);
  const meteringSubject = checkedText(scope, 'meteringSubject', CLAIM);
  const given = [issuer, audience, connectorSubject, meteringSubject];
  if (given.every((one) => one === undefined)) return undefined;
  if (!contextFlag(scope, 'serviceUser')) {
    throw new ConfigurationError(
      `The context ${NAMES.find((_, index) => given[index] !== undefined) ?? ''} is for meshStack's own connector, which is not served. Give --context serviceUser=true as well, or leave it out.`,
    );
  }
  if (issuer === undefined || audience === undefined || connectorSubject === undefined) {
    const missing = NAMES.filter((_, index) => index < 3 && given[index] === undefined);
    throw new ConfigurationError(
      `The context ${missing.join(', ')} is missing: a token is known by issuer, audience and subject together. Give --context ${missing[0] ?? ''}=… as well.`,
    );
  }
  return { issuer, audience, connectorSubject, meteringSubject };
}

/** As meshcloud's Terraform module names them: after the user in whose place they stand. */
export const federatedRoleName = (userName: string): string => `${userName}IdentityFederation`;
