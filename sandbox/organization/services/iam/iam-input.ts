import * as z from 'zod';
import { queryNumber } from '../query-input';

export const roleName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w+=,.@-]+$/);
export const policyName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]+$/);
export const policyArn = z.string().min(20).max(2048);
export const policyDocument = z.string().min(1).max(131_072);

export const path = z
  .string()
  .max(512)
  .regex(/^(?:\/|\/[\u0021-\u007e]+\/)$/)
  .default('/');

/** As IAM counts them: without blanks. */
export const charactersIn = (...documents: readonly string[]): number => documents.join('').replace(/\s/g, '').length;

/** Of roles: what it begins with, however it goes on. */
export const rolePathPrefix = z
  .string()
  .max(512)
  .regex(/^\/[\u0021-\u007f]*$/)
  .default('/');

/** Of policies: whole parts of a path. */
export const policyPathPrefix = z
  .string()
  .max(512)
  .regex(/^(?:\/[\w+=,.@-]+)*\/$/)
  .default('/');

export const page = {
  Marker: z.string().min(1).max(320).optional(),
  MaxItems: queryNumber.min(1).max(1000).optional(),
};

export interface Page {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}
