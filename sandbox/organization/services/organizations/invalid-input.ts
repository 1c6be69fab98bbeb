import type * as z from 'zod';
import { ServiceError } from '../../service-error';

const messages = {
  INPUT_REQUIRED: 'You must include a value for all required parameters.',
  INVALID_ENUM: 'You specified an invalid value.',
  INVALID_PATTERN: 'You provided a value that does not match the required pattern.',
  INVALID_LIST_MEMBER: 'You provided a list to a parameter that contains at least one invalid value.',
  MAX_LENGTH_EXCEEDED: 'You provided a string parameter that is longer than allowed.',
  MIN_LENGTH_EXCEEDED: 'You provided a string parameter that is shorter than allowed.',
  MAX_VALUE_EXCEEDED: 'You provided a numeric parameter that has a larger value than allowed.',
  MIN_VALUE_EXCEEDED: 'You provided a numeric parameter that has a smaller value than allowed.',
  INVALID_NEXT_TOKEN: 'You provided an invalid NextToken value.',
  INVALID_ROLE_NAME:
    'You provided a role name that is not valid. A role name cannot begin with the reserved prefix AWSServiceRoleFor.',
  INVALID_SYSTEM_TAGS_PARAMETER:
    'You specified a tag key that is a system tag. You cannot add, edit, or delete system tag keys because they are reserved for AWS use.',
  INVALID_PARTY_TYPE_TARGET: 'You specified the wrong type of entity (account, organization, or email) as a party.',
  TARGET_NOT_SUPPORTED: "You can't perform the specified operation on that target entity.",
  DUPLICATE_TAG_KEY: 'Tag keys must be unique among the tags attached to the same entity.',
} as const;

export type InvalidInputReason = keyof typeof messages;

export function invalidInput(reason: InvalidInputReason): ServiceError {
  return new ServiceError('InvalidInputException', messages[reason], { fields: { Reason: reason } });
}

export function constraintViolation(reason: string, message: string): ServiceError {
  return new ServiceError('ConstraintViolationException', message, { fields: { Reason: reason } });
}

/**
 * "CreateAccount" and its siblings in the AWS Organizations API Reference list these reasons for a malformed request.
 */
export const refuseInput = (error: z.ZodError): ServiceError =>
  invalidInput(error.issues.map(reasonOf)[0] ?? 'INVALID_PATTERN');

/** What a malformed number has for its reason, and what any other value. */
const REASONS: ReadonlyMap<string, readonly [InvalidInputReason, InvalidInputReason]> = new Map([
  ['too_big', ['MAX_VALUE_EXCEEDED', 'MAX_LENGTH_EXCEEDED']],
  ['too_small', ['MIN_VALUE_EXCEEDED', 'MIN_LENGTH_EXCEEDED']],
  ['invalid_type', ['INPUT_REQUIRED', 'INPUT_REQUIRED']],
  ['invalid_value', ['INVALID_ENUM', 'INVALID_ENUM']],
]);
const NO_PATTERN = ['INVALID_PATTERN', 'INVALID_PATTERN'] as const;
const NUMBERS = new Set<unknown>(['number', 'int']);

function reasonOf(issue: z.ZodError['issues'][number]): InvalidInputReason {
  const [ofNumber, ofOther] = REASONS.get(issue.code) ?? NO_PATTERN;
  return NUMBERS.has(Reflect.get(issue, 'origin')) ? ofNumber : ofOther;
}
