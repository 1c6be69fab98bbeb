import * as z from 'zod';

export const TextSchema = z.string().min(1, 'must not be empty');

/** Text in which all that `problems` finds is a fault; each completes the sentence "<field>: <value> …". */
export const patternSchema = (problems: (pattern: string) => readonly string[]): z.ZodString =>
  TextSchema.superRefine((pattern, context) => {
    for (const message of problems(pattern)) context.addIssue({ code: 'custom', message });
  });
