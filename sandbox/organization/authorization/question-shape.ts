import { DocumentShape, type Wording } from './document-shape';
import type { Question } from './policy-question';

/** Ids of accounts and of what a directory holds. */
const ID = /\d{12}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/**
 * Two questions of one shape have the same decision. Accounts, sessions, resources' ids and the names of policies may
 * differ, unless a policy about this action names them, matches a part of them or reads the session. Documents are many
 * and long but seldom new, so each is parsed once.
 */
export class QuestionShapes {
  readonly #documents = new Map<string, DocumentShape>();
  readonly #numbers = new Map<string, number>();

  of(question: Question): string {
    const { action, resource, resourceAccountId } = question;
    const kinds = documentsOf(question).map((kind) => kind.map((text) => this.#shapeOf(text).about(action)));
    const wordings = kinds.flat();
    const asker = askerOf(question, wordings);
    const isMasked = !/\d[*?]/.test(resource) && !wordings.some(({ namesPartsOfAccounts }) => namesPartsOfAccounts);
    const account = isMasked ? resourceAccountId : null;
    const numbers = kinds.map((kind) => kind.map((wording) => this.#numberOf(wording, account)).join());
    const request = `${asker} ${action} ${resourceAccountId} ${withoutIds(resource, asker, account, wordings)}`;
    return `${masked(request, account)} ${numbers.join(';')}`;
  }

  #shapeOf(text: string): DocumentShape {
    const known = this.#documents.get(text);
    if (known !== undefined) return known;
    const shape = new DocumentShape(text);
    this.#documents.set(text, shape);
    return shape;
  }

  /** The same for wordings that differ in the account alone. */
  #numberOf({ text, numbers }: Wording, account: string | null): number {
    const known = numbers.get(account);
    if (known !== undefined) return known;
    const wording = masked(text, account);
    const number = this.#numbers.get(wording) ?? this.#numbers.size;
    this.#numbers.set(wording, number);
    numbers.set(account, number);
    return number;
  }
}

const masked = (text: string, account: string | null): string =>
  account === null ? text : text.replaceAll(account, '<account>');

/** The documents of a question, kind by kind; each SCP level is a kind of its own. */
function documentsOf(question: Question): readonly (readonly string[])[] {
  const { identityPolicies, boundary, sessionPolicy, resourcePolicy, scpLevels, rcpLevels = [] } = question;
  return [
    identityPolicies.map(({ document }) => document),
    boundary === undefined ? [] : [boundary.document],
    sessionPolicy === undefined ? [] : [sessionPolicy],
    resourcePolicy === undefined ? [] : [resourcePolicy],
    ...scpLevels.map(({ policies }) => policies.map(({ document }) => document)),
    // No level is empty: what follows is of the resource.
    [],
    ...rcpLevels.map(({ policies }) => policies.map(({ document }) => document)),
  ];
}

/** The principal, and the conditions of the request. */
function askerOf({ principalArn, conditions }: Question, wordings: readonly Wording[]): string {
  if (wordings.some(({ looksAtSession }) => looksAtSession)) return JSON.stringify([principalArn, conditions]);
  const isSession = /^arn:aws[a-z-]*:sts::\d{12}:assumed-role\//.test(principalArn);
  const role = isSession ? principalArn.slice(0, principalArn.lastIndexOf('/')) : principalArn;
  return JSON.stringify([isSession, role, { ...conditions, 'sts:RoleSessionName': '<session>' }]);
}

/**
 * If no policy knows a resource by its id, every id has the same decision. The account's own id is masked everywhere
 * alike.
 */
function withoutIds(resource: string, asker: string, account: string | null, wordings: readonly Wording[]): string {
  const ids = (resource.match(ID) ?? []).filter((id) => id !== account);
  const isKnown = (id: string): boolean =>
    asker.includes(id) || wordings.some((wording) => wording.text.includes(id) || wording.namesPartsOfIds);
  return ids.reduce((text, id, index) => (isKnown(id) ? text : text.replaceAll(id, `<id ${index}>`)), resource);
}
