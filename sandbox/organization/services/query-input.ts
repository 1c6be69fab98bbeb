import * as z from 'zod';
import { ServiceError } from '../service-error';

/** The query protocol sends text only. */
export const queryNumber = z.coerce.number().int();

/** An empty list is sent as an empty text. */
export function queryList<Item extends z.ZodType>(item: Item, most = Infinity): z.ZodType<z.output<Item>[]> {
  return z.preprocess((raw) => (raw === '' ? [] : raw), z.array(item).max(most));
}

/** As IAM, STS and CloudFormation word it ("Common errors" of the IAM API Reference). */
export function refuseQueryInput(error: z.ZodError): ServiceError {
  const faults = error.issues.map(
    (issue) => `Value ${valueOf(issue)}at '${fieldName(issue.path)}' ${constraintOf(issue)}`,
  );
  const count = `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected`;
  return validationError(`${count}: ${faults.join('; ')}`);
}

type Issue = z.ZodError['issues'][number];

/**
 * @evidence recorded "localstack sts/test_sts test_sts_invalid_parameters, 2025-07-21": the words of a value that does
 *   not match its pattern, with the value and the pattern
 */
const constraintOf = (issue: Issue): string =>
  `failed to satisfy constraint: ${
    issue.code === 'invalid_format' && issue.pattern !== undefined
      ? `Member must satisfy regular expression pattern: ${bare(issue.pattern)}`
      : issue.message
  }`;

const valueOf = ({ code, input }: Issue): string =>
  code === 'invalid_format' && typeof input === 'string' ? `'${input}' ` : '';

/** As the services write a pattern: it is always meant for the whole value. */
const bare = (pattern: string): string => pattern.replace(/^\/\^/u, '').replace(/\$\/[a-z]*$/u, '');

export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}

/** The services answer member names with a small first letter. */
function fieldName(path: readonly PropertyKey[]): string {
  return path.map((part) => String(part).replace(/^[A-Z]/, (first) => first.toLowerCase())).join('.');
}
