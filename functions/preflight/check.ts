/** One prerequisite. It reads and changes nothing, so it can be looked at as often as one likes. */
export interface Check {
  /** Stable: what is checked, and behind a colon of what. */
  readonly id: string;
  /** What should be so, in the present tense. */
  readonly sentence: string;
  /** Checks without which this one tells nothing: where one of them is not ok, this one is skipped. */
  readonly needs?: readonly string[];
  readonly look: () => Promise<Finding> | Finding;
}

export type Finding =
  | { readonly result: 'ok'; readonly detail?: string }
  | { readonly result: 'skipped'; readonly detail: string }
  | { readonly result: 'failed' | 'unknown'; readonly detail: string; readonly remedy: string };

export const ok = (detail?: string): Finding => (detail === undefined ? { result: 'ok' } : { result: 'ok', detail });

export const skipped = (detail: string): Finding => ({ result: 'skipped', detail });

export const failed = (detail: string, remedy: string): Finding => ({ result: 'failed', detail, remedy });

export const unknown = (detail: string, remedy: string): Finding => ({ result: 'unknown', detail, remedy });
