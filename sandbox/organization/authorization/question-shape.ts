import type { Question } from './policy-question';

/**
 * Two questions of one shape have one verdict: accounts, sessions, and the names of policies may be called otherwise, unless a policy matches part of
 * an account id or looks at the session. Documents are many and long but seldom new, so each is read once.
 */
export class QuestionShapes {
  readonly #documents = new Map<string, DocumentShape>();
  readonly #numbers = new Map<string, number>();

  of(question: Question): string {
    const documents = documentsOf(question).map((kind) => kind.map((text) => this.#shapeOf(text)));
    const looksAtSession = documents.some((kind) => kind.some((shape) => shape.looksAtSession));
    const request = JSON.stringify(requestOf(looksAtSession ? question : withoutSession(question)));
    const isMasked = !/\d[*?]/.test(request) && documents.every((kind) => kind.every((shape) => shape.isMaskable));
    const account = isMasked ? question.resourceAccountId : null;
    const numbers = documents.map((kind) => kind.map((shape) => this.#numberOf(shape, account)).join());
    return `${account === null ? request : masked(request, account)} ${numbers.join(';')}`;
  }

  #shapeOf(text: string): DocumentShape {
    const known = this.#documents.get(text);
    if (known !== undefined) return known;
    const shape = {
      text,
      looksAtSession: /RoleSessionName|userid|assumed-role/i.test(text),
      isMaskable: !/\d[*?]/.test(text),
      numbers: new Map<string | null, number>(),
    };
    this.#documents.set(text, shape);
    return shape;
  }

  /** The same for documents that differ in the account alone. */
  #numberOf({ text, numbers }: DocumentShape, account: string | null): number {
    const known = numbers.get(account);
    if (known !== undefined) return known;
    const wording = account === null ? text : masked(text, account);
    const number = this.#numbers.get(wording) ?? this.#numbers.size;
    this.#numbers.set(wording, number);
    numbers.set(account, number);
    return number;
  }
}

interface DocumentShape {
  readonly text: string;
  readonly looksAtSession: boolean;
  readonly isMaskable: boolean;
  /** By the account that is masked. */
  readonly numbers: Map<string | null, number>;
}

const masked = (text: string, account: string): string => text.replaceAll(account, '<account>');

/** The documents of a question, kind by kind; each SCP level is a kind of its own. */
function documentsOf(question: Question): readonly (readonly string[])[] {
  const { identityPolicies, boundary, sessionPolicy, resourcePolicy, scpLevels } = question;
  return [
    identityPolicies.map(({ document }) => document),
    boundary === undefined ? [] : [boundary.document],
    sessionPolicy === undefined ? [] : [sessionPolicy],
    resourcePolicy === undefined ? [] : [resourcePolicy],
    ...scpLevels.map(({ policies }) => policies.map(({ document }) => document)),
  ];
}

const requestOf = ({ principalArn, action, resource, resourceAccountId, conditions }: Question): object => ({
  ...{ principalArn, action, resource, resourceAccountId, conditions },
});

function withoutSession(question: Question): Question {
  const isSession = /^arn:aws:sts::\d{12}:assumed-role\//.test(question.principalArn);
  const principalArn = isSession ? question.principalArn.replace(/[^/]+$/, '<session>') : question.principalArn;
  return { ...question, principalArn, conditions: { ...question.conditions, 'sts:RoleSessionName': '<session>' } };
}
