import type { Log, LogKeys } from '../../../functions/ports/log';

/** Tells people line by line what functions log in this process. */
export function spokenLog(tell: (line: string) => void): Log {
  const line = (sentence: string, keys: LogKeys): string => `${sentence} ${JSON.stringify(keys)}`;
  const say = (sentence: string, keys: LogKeys): void => {
    tell(line(sentence, keys));
  };
  return {
    info: say,
    warn: say,
    error: (sentence, keys, cause) => {
      tell(`${line(sentence, keys)}\n${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
    },
  };
}
