import { gunzipSync, gzipSync } from 'node:zlib';

/** Reports and answers repeat themselves: packed they take about a tenth of the room. */
export const packed = (text: string): string => gzipSync(text, { level: 9 }).toString('base64');

export const unpacked = (text: string): string => gunzipSync(Buffer.from(text, 'base64')).toString('utf8');
