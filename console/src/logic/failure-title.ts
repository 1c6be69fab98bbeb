/** What has failed, as far as its title goes. */
interface Failed {
  readonly name: string;
  readonly message: string;
}

/** By what a message says; the first that fits counts. docs/errors.md has them by message, too. */
const BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/EMAIL_ALREADY_EXISTS|The email ".*" belongs to another tenant/u, 'E-mail address already taken'],
  [/The alias ".*" belongs to another tenant|account alias .* is taken/u, 'Account alias already taken'],
  [/The group ".*" belongs to another tenant/u, 'Group name already taken'],
  [/ACCOUNT_LIMIT_EXCEEDED/u, 'Account quota reached'],
  [/delivery channel|configuration recorder|config recorder/iu, 'AWS Config in the way of Control Tower'],
  [/security token service|\bSTS\b/u, 'STS not active in the account'],
  [/\bOU\b.*not registered|organizational unit.*not (?:registered|enrolled)/iu, 'Organizational unit not registered'],
  [/Control Tower (?:could not|has not|had no place|has been at work|still)/u, 'Control Tower failed or took too long'],
  [/organizational unit .* does not exist/iu, 'Organizational unit does not exist'],
  [/organization has no account|not in (?:this|the) organization/iu, 'Account not in the organization'],
  [/refused to assume|could not be assumed/iu, 'Role cannot be assumed'],
  [/AWS refused to .*AccessDenied|explicit deny/iu, 'Permission missing'],
  [/AWS did not make the account/u, 'Account not created'],
];

/** By its name, where that alone says what it is. */
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ['InvalidRequestError', 'Desired state not valid'],
  ['CustomizationError', 'Customization failed'],
  ['ApprovalRejected', 'Approval rejected'],
  ['ApprovalExpired', 'Approval expired'],
  ['StoppedByOperator', 'Stopped by an operator'],
  ['TransientError', 'AWS did not recover in time'],
]);

const LONGEST = 60;

/** A few words for the cause of a failure: the class of an error tells an operator nothing. */
export function failureTitle({ name, message }: Failed): string {
  const named = BY_NAME.get(name);
  if (named !== undefined) return named;
  return BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1] ?? firstWordsOf(message, name);
}

function firstWordsOf(message: string, name: string): string {
  const sentence = message.split(/[.:;](?:\s|$)/u)[0]?.trim() ?? '';
  if (sentence === '') return name;
  return sentence.length <= LONGEST ? sentence : `${sentence.slice(0, LONGEST).replace(/\s+\S*$/u, '')}…`;
}
