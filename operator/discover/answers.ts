import { problemsOfStringTemplate, ACCOUNT_PLACEHOLDERS } from '../../functions/domain/templates/string-template';
import { OperatorError } from '../operator-error';
import { namedUnits, proposedUnits } from './chosen-units';
import { emailPatternLike } from './email-pattern';
import type { Answers } from './first-configuration';
import type { FoundOrganization, FoundUnit } from './found-organization';

/** Asks a person; an empty answer is the proposal. */
export type Ask = (question: string, proposal: string) => Promise<string>;

export interface GivenAnswers {
  /** Ids, names or paths of units; none: to be asked for. */
  readonly units: readonly string[];
  readonly emailPattern: string | undefined;
  /** Whether proposals are taken without a question. */
  readonly takesProposals: boolean;
  /** Undefined where nobody is there to be asked. */
  readonly ask: Ask | undefined;
}

/**
 * What nobody but a person can decide: as given by options, as answered, or as proposed.
 *
 * @throws OperatorError when something is not given and nobody can be asked, or an answer cannot be taken
 */
export async function answersFor(found: FoundOrganization, given: GivenAnswers): Promise<Answers> {
  return { units: await unitsFor(found, given), emailPattern: await emailPatternFor(found, given) };
}

async function unitsFor(found: FoundOrganization, given: GivenAnswers): Promise<readonly FoundUnit[]> {
  const proposal = proposedUnits(found).map(({ path }) => path.join('/'));
  const names =
    given.units.length > 0
      ? given.units
      : (await answer(given, 'Organizational units that get accounts', proposal.join(', '), '--ou'))
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '');
  const units = namedUnits(found.units, names);
  if (typeof units === 'string') throw new OperatorError(units);
  if (units.length > 0) return units;
  throw new OperatorError(
    'The organization has no organizational unit for accounts of tenants. Create one in AWS Organizations, or name one by --ou.',
  );
}

async function emailPatternFor({ management }: FoundOrganization, given: GivenAnswers): Promise<string> {
  const proposal = emailPatternLike(management.email) ?? '';
  const pattern =
    given.emailPattern ?? (await answer(given, 'Pattern of account e-mail addresses', proposal, '--email-pattern'));
  const [problem] = problemsOfStringTemplate(pattern, ACCOUNT_PLACEHOLDERS);
  if (problem !== undefined) throw new OperatorError(`The pattern of e-mail addresses is '${pattern}': ${problem}`);
  if (!pattern.includes('@')) {
    throw new OperatorError(
      `The pattern of e-mail addresses is '${pattern}', which has no @. Give one such as aws+#{tenantPlatformNumber}@corp.example by --email-pattern.`,
    );
  }
  return pattern;
}

async function answer(
  { takesProposals, ask }: GivenAnswers,
  question: string,
  proposal: string,
  option: string,
): Promise<string> {
  if (takesProposals) return proposal;
  if (ask !== undefined) return (await ask(question, proposal)) || proposal;
  const takes = proposal === '' ? '' : `, or take '${proposal}' by --yes`;
  throw new OperatorError(`${question}: nobody is here to be asked. Give ${option}${takes}.`);
}
