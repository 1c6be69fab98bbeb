import * as z from 'zod';

import type { CostRecord } from './cost-record';

const DIMENSIONS = ['LINKED_ACCOUNT', 'SERVICE', 'RECORD_TYPE'] as const;

export const DimensionSchema = z.enum(DIMENSIONS);

export type Dimension = z.infer<typeof DimensionSchema>;

/** An Expression of Cost Explorer, as far as dimensions go. */
export interface Filter {
  readonly Dimensions?: { readonly Key: Dimension; readonly Values: readonly string[] } | undefined;
  readonly Not?: Filter | undefined;
  readonly And?: readonly Filter[] | undefined;
  readonly Or?: readonly Filter[] | undefined;
}

/**
 * @evidence documented "botocore ce.Expression": an expression has one operator, and these are the words for more
 */
export const FilterSchema: z.ZodType<Filter> = z.lazy(() =>
  z
    .strictObject({
      Dimensions: z.object({ Key: DimensionSchema, Values: z.array(z.string()).min(1) }).optional(),
      Not: FilterSchema.optional(),
      And: z.array(FilterSchema).min(2).optional(),
      Or: z.array(FilterSchema).min(2).optional(),
    })
    .refine(
      (filter) => Object.keys(filter).length === 1,
      'Expression has more than one roots. Only one root operator is allowed for each expression: And, Or, Not, Dimensions, Tags, CostCategories',
    ),
);

export function passes(record: CostRecord, filter: Filter | undefined): boolean {
  if (filter === undefined) return true;
  const { Dimensions, Not, And, Or } = filter;
  return (
    (Dimensions === undefined || Dimensions.Values.includes(valueOf(record, Dimensions.Key))) &&
    (Not === undefined || !passes(record, Not)) &&
    (And === undefined || And.every((one) => passes(record, one))) &&
    (Or === undefined || Or.some((one) => passes(record, one)))
  );
}

export function valueOf({ accountId, service, recordType }: CostRecord, dimension: Dimension): string {
  switch (dimension) {
    case 'LINKED_ACCOUNT':
      return accountId;
    case 'SERVICE':
      return service;
    case 'RECORD_TYPE':
      return recordType;
  }
}
