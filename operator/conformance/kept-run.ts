import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { OperatorError } from '../operator-error';

const RecordedCaseSchema = z.object({
  service: z.string(),
  name: z.string(),
  evidence: z.string(),
  verdict: z.enum(['agrees', 'differs', 'not implemented', 'not reached']),
  why: z.string().optional(),
  said: z.array(z.unknown()),
});

export type RecordedCase = z.infer<typeof RecordedCaseSchema>;

const KeptRunSchema = z.object({
  run: z.string(),
  startedAt: z.string(),
  region: z.string(),
  readOnly: z.boolean(),
  /** Accounts that may be made, that of the ground included. */
  budget: z.number(),
  accounts: z.number(),
  /** How often it was interrupted: a case that begins again gives other names. */
  interruptions: z.number(),
  /** The case that is going on, with what it has made. */
  begun: z.object({ number: z.number(), known: z.record(z.string(), z.unknown()) }).optional(),
  cases: z.record(z.string(), RecordedCaseSchema),
});

/** All that a run has to know to go on: it has real ids, and is nobody else's. */
export type KeptRun = z.infer<typeof KeptRunSchema>;

const fileIn = (folder: string): string => path.join(folder, 'run.json');

export function keptRunIn(folder: string): KeptRun | undefined {
  const file = fileIn(folder);
  if (!existsSync(file)) return undefined;
  const { data } = KeptRunSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (data !== undefined) return data;
  throw new OperatorError(`${file} is not that of a run of conformance: give another folder by --folder.`);
}

/** Whole or not at all: the process may end at any time. */
export function keep(folder: string, run: KeptRun): void {
  writeWhole(fileIn(folder), run);
}

export function writeWhole(file: string, content: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${typeof content === 'string' ? content : JSON.stringify(content, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
