import { type ReactNode, useEffect, useState } from 'react';

import { sinceText, utcText } from '../logic/times';

/** The time now, often enough for what is counted in minutes. */
export function useNow(milliseconds = 5_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(new Date());
    }, milliseconds);
    return () => {
      clearInterval(timer);
    };
  }, [milliseconds]);
  return now;
}

/** `5 min ago`; the instant itself, in UTC and local time, when one points at it. */
export function Since({ instant }: { readonly instant: string }): ReactNode {
  return (
    <time dateTime={instant} title={bothTimes(instant)}>
      {sinceText(instant, useNow())}
    </time>
  );
}

export const Instant = ({ instant }: { readonly instant: string }): ReactNode => (
  <time dateTime={instant} title={bothTimes(instant)}>
    {utcText(instant)}
  </time>
);

const bothTimes = (instant: string): string => `${utcText(instant)}; here ${new Date(instant).toLocaleString('en-GB')}`;
