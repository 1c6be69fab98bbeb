import * as z from 'zod/mini';

import { parsedJson } from './parsed-json';

/**
 * Whether both say the same in different words: a statement id, an empty condition, a list of one, an account's id for its root. Control Tower
 * writes its own role's trust, and in a registered OU nobody may write it again.
 */
export function isSameTrust(one: string, other: string): boolean {
  const said = meaningOf(one);
  return said !== undefined && said === meaningOf(other);
}

const TrustSchema = z.object({
  Statement: z.array(
    z.strictObject({
      Sid: z.optional(z.string()),
      Effect: z.string(),
      Principal: z.strictObject({ AWS: z.union([z.string(), z.array(z.string())]) }),
      Action: z.union([z.string(), z.array(z.string())]),
      Condition: z.optional(z.strictObject({})),
    }),
  ),
});

function meaningOf(document: string): string | undefined {
  const { data } = TrustSchema.safeParse(parsedJson(document));
  const statements = data?.Statement.map(({ Effect, Principal, Action }) => {
    const principals = [Principal.AWS].flat().map((arn) => /^arn:[a-z-]+:iam::(\d{12}):root$/.exec(arn)?.[1] ?? arn);
    return [Effect, principals.toSorted(), [Action].flat().toSorted()];
  });
  return statements === undefined ? undefined : JSON.stringify(statements);
}
