import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

type Changes = Readonly<Record<string, string | null>>;
type Change = (changes: Changes) => void;

/** A place in a list is of that list alone. */
const FIRST_PAGE: Changes = { cursor: null };

/** What the address says, and a way to change one part of it: a page that is sent on shows the same. */
export function useUrlState(): readonly [URLSearchParams, Change] {
  const [parameters, setParameters] = useSearchParams();
  const change = useCallback<Change>(
    (changes) => {
      setParameters((before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries({ ...FIRST_PAGE, ...changes })) {
          if (value === null) next.delete(name);
          else next.set(name, value);
        }
        return next;
      });
    },
    [setParameters],
  );
  return [parameters, change];
}
