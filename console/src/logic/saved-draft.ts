const KEY = 'order-draft';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What somebody was writing in this tab; null: nothing. */
export const savedDraft = (store: Store): string | null => store.getItem(KEY);

export const saveDraft = (store: Store, text: string): void => {
  store.setItem(KEY, text);
};

export const forgetDraft = (store: Store): void => {
  store.removeItem(KEY);
};
