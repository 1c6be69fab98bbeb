import * as z from 'zod';

import { DesiredStateSchema } from '../domain/desired-state/desired-state';
import { PreviewSchema } from '../domain/run/preview';
import { InstantSchema } from './responses';

const AdoptionStatusSchema = z
  .enum(['PROPOSING', 'PROPOSED', 'REFUSED', 'VERIFYING', 'ADOPTING', 'STALE', 'ENDED'])
  .meta({
    id: 'AdoptionStatus',
    description:
      'REFUSED: the mapping has faults; STALE: the organization has changed before the first write. Neither has adopted anything',
  });

const ProposalSchema = z
  .object({
    accountId: z.string(),
    accountName: z.string(),
    tenantUuid: z.string(),
    desiredState: z.nullable(DesiredStateSchema),
    changes: PreviewSchema.shape.changes,
    changesLeftOut: z.int(),
    refusal: PreviewSchema.shape.refusal,
  })
  .meta({ id: 'Proposal' });

export const ProposalsSchema = z
  .object({
    id: z.string(),
    status: AdoptionStatusSchema,
    pending: z.int().nullable().meta({ description: 'How many accounts have no proposal yet; null: not counted yet' }),
    accounts: z.int(),
    refused: z.int().meta({ description: 'How many of them cannot be adopted' }),
    proposals: z.array(ProposalSchema),
    cursor: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one' }),
    token: z.string().nullable().meta({ description: 'null until there is a proposal for each account' }),
    expiresAt: InstantSchema.nullable(),
  })
  .meta({ id: 'Proposals' });

export const AdoptionAcceptedSchema = z.object({ id: z.string() }).meta({ id: 'AdoptionAccepted' });

const AdoptedAccountSchema = z
  .object({
    accountId: z.string(),
    accountName: z.string(),
    tenantUuid: z.string(),
    state: z.enum(['waiting', 'running', 'adopted', 'failed']),
    reason: z.string().nullable().meta({ description: 'Why it has failed' }),
  })
  .meta({ id: 'AdoptedAccount' });

export const AdoptionSchema = z
  .object({
    id: z.string(),
    status: AdoptionStatusSchema,
    startedAt: InstantSchema,
    consentedAt: InstantSchema.nullable(),
    consentedBy: z.string().nullable(),
    endedAt: InstantSchema.nullable(),
    accounts: z.int(),
    waiting: z.int(),
    running: z.int(),
    adopted: z.int(),
    failed: z.int().meta({ description: 'Those that could not be proposed, and those whose runs have failed' }),
    waitsUntil: InstantSchema.nullable().meta({
      description:
        'Until when no account is enrolled: Control Tower enrolls 1,000 in a week; null: nothing waits for that',
    }),
    reason: z.string().nullable().meta({ description: 'Why nothing was adopted' }),
    details: z.array(AdoptedAccountSchema),
    cursor: z.string().nullable(),
  })
  .meta({ id: 'Adoption' });

export type Proposals = Readonly<z.infer<typeof ProposalsSchema>>;
export type Adoption = Readonly<z.infer<typeof AdoptionSchema>>;
export type AdoptionAccepted = Readonly<z.infer<typeof AdoptionAcceptedSchema>>;
