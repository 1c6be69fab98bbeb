import { useEffect } from 'react';
import { useNavigate } from 'react-router';

/** Behind `g`. */
const PAGES: Readonly<Record<string, string>> = {
  o: '/',
  v: '/vendings',
  f: '/failures',
  l: '/lanes',
  m: '/dead-letters',
  a: '/adopt',
  n: '/order',
  r: '/rollouts',
  d: '/drift',
  u: '/usage',
  p: '/preflight',
  s: '/settings',
};

/** `g v` opens the vendings, `/` leads to the search; nothing happens while somebody types into a field. */
export function useShortcuts(): void {
  const navigate = useNavigate();
  useEffect(() => {
    let isAfterG = false;
    const onKey = (event: KeyboardEvent): void => {
      if (isTyping(event)) return;
      if (event.key === '/') {
        // It is a way, and no character to search for.
        event.preventDefault();
        focusSearch();
      }
      const page = isAfterG ? PAGES[event.key] : undefined;
      isAfterG = event.key === 'g';
      if (page !== undefined) void navigate(page);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [navigate]);
}

/** The bar at the top keeps a copy of itself, unseen, to measure what it has room for; that one takes no focus. */
function focusSearch(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('.tenant-search input')) input.focus();
}

const isTyping = ({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  ctrlKey || metaKey || altKey || (target instanceof Element && target.closest('input, textarea, select') !== null);
