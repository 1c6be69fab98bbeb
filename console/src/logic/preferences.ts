export interface Preferences {
  readonly pageSize: number;
  readonly columns: readonly string[];
}

type Store = Pick<
  { getItem: (key: string) => string | null; setItem: (key: string, value: string) => void },
  'getItem' | 'setItem'
>;

const KEY = 'account-vending.vendings';

/** As chosen in this browser before; what cannot be read counts as never chosen. */
export function savedPreferences(store: Pick<Store, 'getItem'>, columns: readonly string[]): Preferences {
  const { pageSize, columns: chosen } = parsed(store.getItem(KEY));
  return {
    pageSize: pageSize === 20 || pageSize === 100 ? pageSize : 50,
    columns: Array.isArray(chosen) && chosen.every((one) => typeof one === 'string') ? chosen : columns,
  };
}

export function savePreferences(store: Pick<Store, 'setItem'>, preferences: Preferences): void {
  store.setItem(KEY, JSON.stringify(preferences));
}

function parsed(text: string | null): { readonly pageSize?: unknown; readonly columns?: unknown } {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
