import Pagination from '@cloudscape-design/components/pagination';
import { type ReactNode, useState } from 'react';

const ROWS = 50;

interface ClientPages<Item> {
  readonly items: readonly Item[];
  readonly pagination: ReactNode;
}

/** For what the API answers as a whole: no table draws more rows than people read. */
export function useClientPages<Item>(all: readonly Item[]): ClientPages<Item> {
  const [chosen, setPage] = useState(1);
  const count = Math.max(1, Math.ceil(all.length / ROWS));
  const page = Math.min(chosen, count);
  return {
    items: all.slice((page - 1) * ROWS, page * ROWS),
    pagination: count > 1 && (
      <Pagination
        currentPageIndex={page}
        pagesCount={count}
        ariaLabels={{
          nextPageLabel: 'Next page',
          previousPageLabel: 'Previous page',
          pageLabel: (one) => `Page ${one}`,
        }}
        onChange={({ detail }) => {
          setPage(detail.currentPageIndex);
        }}
      />
    ),
  };
}
