import * as z from 'zod';
import { ServiceError } from '../service-error';

/** The query protocol sends text only. */
export const queryNumber = z.coerce.number().int();

/** An empty list is sent as an empty text. */
export function queryList<Item extends z.ZodType>(item: Item): z.ZodType<z.output<Item>[]> {
  return z.preprocess((raw) => (raw === '' ? [] : raw), z.array(item));
}

/** As IAM, STS and CloudFormation word it ("Common errors" of the IAM API Reference). */
export function refuseQueryInput(error: z.ZodError): ServiceError {
  const faults = error.issues.map(
    (issue) => `Value at '${fieldName(issue.path)}' failed to satisfy constraint: ${issue.message}`,
  );
  const count = `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected`;
  return validationError(`${count}: ${faults.join('; ')}`);
}

export function validationError(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}

/** The services answer member names with a small first letter. */
function fieldName(path: readonly PropertyKey[]): string {
  return path.map((part) => String(part).replace(/^[A-Z]/, (first) => first.toLowerCase())).join('.');
}
