import { STSClient } from '@aws-sdk/client-sts';

/** Where a service answers in a region. The SDK's data tells the end of the name, by that of STS, also where no client of ours brings the endpoints. */
export function hostOf(service: string, region: string): string {
  const { hostname } = new STSClient({ region }).config.endpointProvider({ Region: region }).url;
  return hostname.replace(/^sts\./u, `${service}.`);
}

export const controlTowerHost = (region: string): string => hostOf('controltower', region);
