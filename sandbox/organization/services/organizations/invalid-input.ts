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
export function refuseInput(error: z.ZodError): ServiceError {
  const [issue] = error.issues;
  if (issue?.code === 'too_big') {
    return invalidInput(isNumeric(issue.origin) ? 'MAX_VALUE_EXCEEDED' : 'MAX_LENGTH_EXCEEDED');
  }
  if (issue?.code === 'too_small') {
    return invalidInput(isNumeric(issue.origin) ? 'MIN_VALUE_EXCEEDED' : 'MIN_LENGTH_EXCEEDED');
  }
  if (issue?.code === 'invalid_type') {
    return invalidInput('INPUT_REQUIRED');
  }
  return invalidInput(issue?.code === 'invalid_value' ? 'INVALID_ENUM' : 'INVALID_PATTERN');
}

function isNumeric(origin: string): boolean {
  return origin === 'number' || origin === 'int';
}
