import { type Examination, examination } from './examination';
import { type Outcome, sumOf } from './outcome';
import type { Tool } from './tools';

/** What can be asked for by its name, and is named where it is left. */
export interface Part {
  readonly name: string;
  /** Without these it is not run. */
  readonly needs: readonly Tool[];
  /** Whether it waits for other processes half of its time: one such part is run beside the others. */
  readonly waits: boolean;
  /** Something to be found out, in tasks that can be done beside each other. */
  readonly examine: () => Examination;
}

type Details = Partial<Pick<Part, 'needs' | 'waits'>>;

export const part = (name: string, examine: Part['examine'], { needs = [], waits = false }: Details = {}): Part => ({
  name,
  needs,
  waits,
  examine,
});

/** A part of one task. */
export const onePart = (name: string, task: () => Promise<Outcome>, details: Details = {}): Part =>
  part(name, () => examination([task], sumOf), details);
