import type { Call } from '../../sandbox/organization/call-log';

/** What AWS takes its time for, in milliseconds of the organization, each a fixed one. */
interface Durations {
  /** From CreateAccount until the account is there. */
  readonly creation: number;
  /** From then on until its access role can be assumed. */
  readonly accessRole: number;
}

/**
 * The organization's time. It stands still before an account is there, and before its access role can be assumed, until
 * somebody has asked in vain: however busy the machine is, AWS is never faster than the first poll.
 */
export class PatientClock {
  readonly #durations: Durations;
  #lag = 0;
  /** Of the organization whose time this is; none before there is one. */
  calls: readonly Call[] = [];

  constructor(durations: Durations) {
    this.#durations = durations;
  }

  /** Milliseconds since 1970. */
  readonly now = (): number => {
    const now = Date.now() - this.#lag;
    const until = Math.min(...this.#momentsToAskBefore());
    if (now < until) return now;
    this.#lag += now - until + 1;
    return until - 1;
  };

  #momentsToAskBefore(): readonly number[] {
    const { creation, accessRole } = this.#durations;
    return this.calls.flatMap(({ operation, at, output }) => {
      const id = operation === 'CreateAccount' ? statusIn(output).Id : undefined;
      if (id === undefined) return [];
      const answers = this.calls.filter((call) => isPoll(call) && statusIn(call.output).Id === id);
      if (!answers.some(isInProgress)) return [at + creation];
      const accountId = answers
        .map(({ output: answer }) => statusIn(answer).AccountId)
        .find((one) => one !== undefined);
      const isAsked = accountId !== undefined && this.calls.some((call) => isTooEarly(call, accountId));
      return isAsked ? [] : [at + creation + accessRole];
    });
  }
}

/** Whether somebody was told that the account is not there yet. */
export const isInProgress = (call: Call): boolean => isPoll(call) && statusIn(call.output).State === 'IN_PROGRESS';

const isPoll = ({ operation }: Call): boolean => operation === 'DescribeCreateAccountStatus';

/** Whether somebody has tried a role of this account before it was there. */
const isTooEarly = ({ operation, notYet, input }: Call, accountId: string): boolean =>
  operation === 'AssumeRole' && notYet && JSON.stringify(input).includes(accountId);

interface CreationStatus {
  readonly Id?: string;
  readonly State?: string;
  readonly AccountId?: string;
}

function statusIn(output: Call['output']): CreationStatus {
  const { CreateAccountStatus = {} }: { readonly CreateAccountStatus?: CreationStatus } = output ?? {};
  return CreateAccountStatus;
}
