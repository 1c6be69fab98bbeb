import { contentHash } from '../base/json';
import type { AdoptionAccount, AdoptionRecord } from './adoption';

/** So long a consent may take; the organization changes meanwhile. */
const VALID_HOURS = 24;

export const expiryOfProposals = (now: Date): string => new Date(now.getTime() + VALID_HOURS * 3_600_000).toISOString();

/** Of all that somebody consents to. */
export const proposalHash = (account: AdoptionAccount): string => {
  const { accountId, place, tagsHash, tenantUuid, desiredState, changes, changesLeftOut, refusal } = account;
  return contentHash({ accountId, place, tagsHash, tenantUuid, desiredState, changes, changesLeftOut, refusal });
};

/** Names the proposals, and says which they are. Null until all are made. */
export const tokenOf = ({ id, proposalsHash }: Pick<AdoptionRecord, 'id' | 'proposalsHash'>): string | null =>
  proposalsHash === null ? null : `${id}.${proposalsHash}`;

/** The id in a token, whether or not it is one of ours. */
export const idInToken = (token: string): string => token.split('.')[0] ?? '';

interface Consent {
  readonly token: string;
  readonly configurationHash: string;
  /** Null: the sender does not say. */
  readonly wishHash: string | null;
}

/** Why these proposals cannot be consented to; null: they can. */
export function consentRefusal(record: AdoptionRecord, consent: Consent, now: Date): string | null {
  const { phase, expiresAt, configurationHash, wishHash, consentedAt } = record;
  if (phase === 'REFUSED') return `The mapping has faults, so nothing was proposed. ${ASK_AGAIN}`;
  if (tokenOf(record) === null) return 'The proposals are not complete yet. Ask for them again in a minute.';
  if (consent.token !== tokenOf(record)) return `The token is not that of these proposals. ${ASK_AGAIN}`;
  if (consent.wishHash !== null && consent.wishHash !== wishHash) {
    return `The mapping is not the one that the proposals were made from. ${ASK_AGAIN}`;
  }
  if (consentedAt !== null) return null;
  if (expiresAt === null || expiresAt <= now.toISOString()) {
    return `The proposals have expired${expiresAt === null ? '' : ` at ${expiresAt}`}. ${ASK_AGAIN}`;
  }
  return consent.configurationHash === configurationHash
    ? null
    : `The configuration was deployed again, with a change, since the proposals were made. ${ASK_AGAIN}`;
}

const ASK_AGAIN = 'Ask for new proposals (POST /adoptions?dryRun=true).';
