import type { Log, LogKeys } from '../../../functions/ports/log';

/** Prints line by line, for people, what functions log in this process. */
export function spokenLog(report: (line: string) => void): Log {
  const line = (sentence: string, keys: LogKeys): string => `${sentence} ${JSON.stringify(keys)}`;
  const say = (sentence: string, keys: LogKeys): void => {
    report(line(sentence, keys));
  };
  return {
    info: say,
    warn: say,
    error: (sentence, keys, cause) => {
      report(`${line(sentence, keys)}\n${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
    },
  };
}
