import * as z from 'zod';

const PatternsSchema = z.union([z.string(), z.array(z.string())]).default([]);
const StatementSchema = z.looseObject({
  Action: PatternsSchema,
  Resource: PatternsSchema,
  NotResource: PatternsSchema,
});
const DocumentSchema = z.object({
  Statement: z.union([z.array(StatementSchema), StatementSchema.transform((one) => [one])]),
});

type Statement = z.infer<typeof StatementSchema>;

/** A policy document, of which a verdict takes in no more than what it says about the action that is asked for. */
export class DocumentShape {
  readonly #text: string;
  readonly #statements: readonly Statement[] | null;
  readonly #wordings = new Map<string, Wording>();

  constructor(text: string) {
    this.#text = text;
    this.#statements = statementsIn(text);
  }

  about(action: string): Wording {
    const known = this.#wordings.get(action);
    if (known !== undefined) return known;
    const wording = this.#wordingFor(action.toLowerCase());
    this.#wordings.set(action, wording);
    return wording;
  }

  #wordingFor(action: string): Wording {
    if (this.#statements === null) return { ...wordingOf(this.#text), namesPartsOfIds: true };
    const about = this.#statements.filter((statement) => bearsOn(statement, action));
    const resources = about.flatMap(({ Resource, NotResource }) => [Resource, NotResource].flat());
    // Which other actions they speak of makes no difference.
    const text = JSON.stringify(about.map((statement) => ({ ...statement, Action: action })));
    return { ...wordingOf(text), namesPartsOfIds: resources.some((one) => PART_OF_ID.test(one)) };
  }
}

/** What a document says about one action. */
export interface Wording {
  readonly text: string;
  readonly looksAtSession: boolean;
  /** Whether it may match a part of an account's id. */
  readonly namesPartsOfAccounts: boolean;
  /** Whether it may match a part of a resource's id, which has hexadecimal digits. */
  readonly namesPartsOfIds: boolean;
  /** The number of this wording without the account, by account; null: with every account. */
  readonly numbers: Map<string | null, number>;
}

const PART_OF_ACCOUNT = /\d[*?]|[*?]\d/;
const PART_OF_ID = /[\da-f]-?[*?]|[*?]-?[\da-f]/i;

const wordingOf = (text: string): Omit<Wording, 'namesPartsOfIds'> => ({
  text,
  looksAtSession: /RoleSessionName|userid|assumed-role/i.test(text),
  namesPartsOfAccounts: PART_OF_ACCOUNT.test(text),
  numbers: new Map<string | null, number>(),
});

/** Null where it is no policy. */
function statementsIn(text: string): readonly Statement[] | null {
  try {
    return DocumentSchema.parse(JSON.parse(text)).Statement;
  } catch {
    return null;
  }
}

/** One with `NotAction` bears on nearly everything. */
function bearsOn(statement: Statement, action: string): boolean {
  const patterns = [statement.Action].flat();
  return patterns.length === 0 || patterns.some((pattern) => expressionFor(pattern).test(action));
}

/** IAM compares actions without regard to case. */
function expressionFor(pattern: string): RegExp {
  const escaped = pattern.toLowerCase().replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}
