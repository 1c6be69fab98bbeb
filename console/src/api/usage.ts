import { api, ApiProblem } from './client';

/** The table of a month, as the API writes it. */
export async function monthCsv(month: string): Promise<string> {
  const { data, response } = await api.GET('/usage-reports/{month}', {
    params: { path: { month }, query: { format: 'csv' } },
    parseAs: 'text',
  });
  if (data !== undefined) return data;
  throw new ApiProblem({
    type: 'about:blank',
    title: 'The table could not be read',
    status: response.status,
    detail: 'Try again.',
    errors: [],
  });
}
