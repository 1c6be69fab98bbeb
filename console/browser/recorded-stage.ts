import { consoleBundle } from '../../operator/console/console-bundle';
import { serveConsole } from '../../operator/console/console-server';
import { type Mode, type RecordedApi, recordedApi } from './recorded-api';

export interface RecordedStage {
  readonly api: RecordedApi;
  /** Of a page: `#/vendings`. */
  readonly urlOf: (hash: string) => string;
  readonly stop: () => Promise<void>;
}

/** The real console in front of a recorded API. */
export async function recordedStage(mode: Mode): Promise<RecordedStage> {
  const api = await recordedApi(mode);
  const access = { region: 'eu-central-1', credentials: { accessKeyId: 'A', secretAccessKey: 'B' } };
  const served = await serveConsole({ bundle: consoleBundle() ?? '', apiUrl: api.url, access, version: '0' });
  return {
    api,
    urlOf: (hash) => `${served.url}#${hash}`,
    stop: async () => {
      await served.stop();
      api.stop();
    },
  };
}
