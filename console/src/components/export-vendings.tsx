import Button from '@cloudscape-design/components/button';
import { type ReactNode, useState } from 'react';

import type { VendingSummary } from '../api/client';
import { vendingsOf } from '../api/queries';
import { csvOfVendings } from '../logic/csv-of-vendings';
import type { VendingsFilter } from '../logic/vendings-filter';
import { download } from './download';

/** All pages of a filter as one table, not just the page that is shown. */
export function ExportVendings({ filter }: { readonly filter: VendingsFilter }): ReactNode {
  const [read, setRead] = useState<number | null>(null);
  const [hasFailed, setFailed] = useState(false);
  const start = async (): Promise<void> => {
    setFailed(false);
    try {
      const vendings = await allOf(filter, setRead);
      download('vendings.csv', 'text/csv', csvOfVendings(vendings));
    } catch {
      setFailed(true);
    } finally {
      setRead(null);
    }
  };
  const words = hasFailed ? 'Export failed: try again' : 'Export CSV';
  return (
    <Button iconName="download" loading={read !== null} onClick={() => void start()}>
      {read === null ? words : `${read} read`}
    </Button>
  );
}

async function allOf(filter: VendingsFilter, onRead: (count: number) => void): Promise<readonly VendingSummary[]> {
  const all: VendingSummary[] = [];
  let cursor: string | null = null;
  onRead(0);
  do {
    const page: Awaited<ReturnType<typeof vendingsOf>> = await vendingsOf({
      ...filter,
      limit: 100,
      ...(cursor === null ? {} : { cursor }),
    });
    all.push(...page.vendings);
    onRead(all.length);
    ({ cursor } = page);
  } while (cursor !== null);
  return all;
}
