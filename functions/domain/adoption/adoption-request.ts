import * as z from 'zod/mini';

import { AnyNumber, AnyText, described, TextByName, TextOrNull } from '../base/plain-schemas';

const MappingRowInputSchema = z.object({
  line: described(z.nullish(AnyNumber), 'Its line in the file of the sender, from 1; faults name it'),
  accountId: described(AnyText, 'As text: spreadsheets drop leading zeros'),
  workspace: AnyText,
  project: AnyText,
  landingZone: AnyText,
  contactEmail: described(z.nullish(TextOrNull), 'Handed to landing zones; absent: the e-mail of the account'),
  tags: described(z.optional(TextByName), 'The tags of the project'),
});

const TagKeysInputSchema = z.object({
  workspace: z.optional(AnyText),
  project: z.optional(AnyText),
  landingZone: z.optional(AnyText),
});

/** The body of `POST /adoptions`. */
export const AdoptionRequestSchema = z.object({
  mapping: described(
    z.optional(z.array(MappingRowInputSchema)),
    'With dryRun: which account becomes which project; absent: tags of the accounts say so. With a token: the mapping that the proposals have to be made from',
  ),
  tagKeys: described(
    z.optional(TagKeysInputSchema),
    'With dryRun: the keys of those tags, where they are others than workspace, project and landingZone',
  ),
  id: described(z.optional(AnyText), 'With dryRun: read proposals that were asked for before'),
  cursor: described(z.optional(AnyText), 'With id: the cursor of the page before'),
  token: described(z.optional(AnyText), 'Without dryRun: adopt the proposals that came with this token'),
});

export type AdoptionRequest = Readonly<z.infer<typeof AdoptionRequestSchema>>;
