import type { TaskTokens } from '../../functions/ports/workflow';

/** Waiting states: each token can be answered once, and not when nobody waits with it. */
export class FakeTaskTokens implements TaskTokens {
  readonly answered = new Map<string, Readonly<Record<string, unknown>>>();
  /** Tokens with which nobody waits any more. */
  readonly gone = new Set<string>();
  /** Is called before each answer: the process may end there. */
  beforeAnswer: ((token: string) => void | Promise<void>) | undefined;

  succeed(token: string, output: Readonly<Record<string, unknown>>): Promise<'delivered' | 'gone'> {
    return this.#answer(token, output);
  }

  fail(token: string, error: { readonly name: string; readonly message: string }): Promise<'delivered' | 'gone'> {
    return this.#answer(token, { error: error.name });
  }

  async #answer(token: string, output: Readonly<Record<string, unknown>>): Promise<'delivered' | 'gone'> {
    await this.beforeAnswer?.(token);
    if (this.gone.has(token) || this.answered.has(token)) return 'gone';
    this.answered.set(token, output);
    return 'delivered';
  }
}
