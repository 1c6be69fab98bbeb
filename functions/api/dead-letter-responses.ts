import * as z from 'zod';

import { InstantSchema } from './responses';

/* What the API tells of messages that wait for a person. */

const queue = z.string().meta({ description: 'The name of its queue', examples: ['desired-states'] });
const id = z.string().meta({ description: 'Its message id in SQS' });
const returnsTo = z
  .string()
  .nullable()
  .meta({
    description: 'The function that gets it when it is sent back; null: it does not tell, and can only be deleted',
    examples: ['vending-Intake'],
  });

const letterFields = {
  queue,
  id,
  reason: z.string().meta({ description: 'Why nobody could process it, and what to do' }),
  field: z.string().nullable().meta({ description: 'The field of the desired state that is at fault, if it is one' }),
  sentAt: InstantSchema.meta({ description: 'When it was sent first; SQS keeps it for 14 days' }),
  ageSeconds: z.int(),
  returnsTo,
};

const DeadLetterSummarySchema = z
  .object({
    ...letterFields,
    body: z.string().meta({ description: 'What it says, the first 1,000 characters' }),
    isShortened: z.boolean().meta({ description: 'Its body is longer' }),
  })
  .meta({ id: 'DeadLetterSummary' });

/** `GET /dead-letters`. */
export const DeadLetterListSchema = z
  .object({
    deadLetters: z.array(DeadLetterSummarySchema).meta({ description: 'Oldest first: the next one to be lost' }),
    queues: z
      .array(
        z.object({
          queue,
          hidden: z.int().meta({ description: 'About how many others are looking at now; they show within a minute' }),
          more: z.boolean().meta({ description: 'It may hold more than the 500 that a call looks at' }),
        }),
      )
      .meta({ description: 'The queues that were read' }),
    cursor: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last one' }),
  })
  .meta({ id: 'DeadLetterList' });

/** `GET /dead-letters/{queue}/{id}`. */
export const DeadLetterSchema = z
  .object({ ...letterFields, body: z.string().meta({ description: 'What it says, whole' }) })
  .meta({ id: 'DeadLetter' });

/** `POST /dead-letters/{queue}/{id}/replay`. */
export const DeadLetterReplayedSchema = z
  .object({ queue, id, returnsTo: z.string() })
  .meta({ id: 'DeadLetterReplayed' });

/** `DELETE /dead-letters/{queue}/{id}`. */
export const DeadLetterDeletedSchema = z
  .object({ queue, id, deletedBy: z.string().nullable().meta({ description: 'Who has called' }) })
  .meta({ id: 'DeadLetterDeleted' });

export type DeadLetterList = Readonly<z.infer<typeof DeadLetterListSchema>>;
export type DeadLetterDetail = Readonly<z.infer<typeof DeadLetterSchema>>;
export type DeadLetterReplayed = Readonly<z.infer<typeof DeadLetterReplayedSchema>>;
export type DeadLetterDeleted = Readonly<z.infer<typeof DeadLetterDeletedSchema>>;
