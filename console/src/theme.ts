import { applyMode, Mode } from '@cloudscape-design/global-styles';

export type Theme = 'light' | 'dark' | 'system';

const KEY = 'account-vending.theme';
const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');

export function savedTheme(): Theme {
  const saved = localStorage.getItem(KEY);
  return saved === 'light' || saved === 'dark' ? saved : 'system';
}

export function saveTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  applyTheme(theme);
}

export const isDark = (): boolean => {
  const theme = savedTheme();
  return theme === 'dark' || (theme === 'system' && darkSystem.matches);
};

export function applyTheme(theme: Theme): void {
  applyMode(isDarkTheme(theme) ? Mode.Dark : Mode.Light);
  document.documentElement.style.colorScheme = isDarkTheme(theme) ? 'dark' : 'light';
}

const isDarkTheme = (theme: Theme): boolean => theme === 'dark' || (theme === 'system' && darkSystem.matches);

darkSystem.addEventListener('change', () => {
  applyTheme(savedTheme());
});
