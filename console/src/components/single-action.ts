import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';

interface SingleAction<Result> extends Pick<UseMutationResult<Result>, 'data' | 'error' | 'isPending' | 'isSuccess'> {
  readonly start: () => void;
  readonly reset: () => void;
}

/** Something that is written once, however fast somebody clicks: the page learns only later that it is on its way. */
export function useSingleAction<Result>(
  action: () => Promise<Result>,
  onSuccess: (result: Result) => unknown,
): SingleAction<Result> {
  const isBusy = useRef(false);
  const { mutate, reset, data, error, isPending, isSuccess } = useMutation({
    mutationFn: action,
    onSuccess,
    onSettled: () => {
      isBusy.current = false;
    },
  });
  const start = (): void => {
    if (isBusy.current) return;
    isBusy.current = true;
    mutate();
  };
  return { start, reset, data, error, isPending, isSuccess };
}
