import { ReindexedSchema } from '../../functions/api/operator-responses';
import type { CommandContext } from '../command-context';
import { apiAnswer } from './api-answer';

/** `vendings reindex`: files what earlier releases have written. A second call does what is left. */
export async function reindexVendings(
  { json, apiUrl }: { readonly json: boolean; readonly apiUrl: string },
  { print }: Pick<CommandContext, 'print'>,
): Promise<number> {
  const sum = { read: 0, written: 0 };
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { limit: '50', ...(cursor === null ? {} : { cursor }) };
    const page = await apiAnswer(apiUrl, { method: 'POST', path: '/reindex', query }, ReindexedSchema);
    sum.read += page.read;
    sum.written += page.written;
    cursor = page.cursor;
  } while (cursor !== null);
  print(json ? `${JSON.stringify(sum, null, 2)}\n` : `${sum.read} rows read, ${sum.written} filed.\n`);
  return 0;
}
