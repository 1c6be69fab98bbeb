import { STSClient } from '@aws-sdk/client-sts';

/** Where Control Tower answers in a region. No client of ours brings its endpoints, so the SDK's data tells the end of the name, by those of STS. */
export function controlTowerHost(region: string): string {
  const { hostname } = new STSClient({ region }).config.endpointProvider({ Region: region }).url;
  return hostname.replace(/^sts\./u, 'controltower.');
}
