import { STSClient } from '@aws-sdk/client-sts';

/**
 * The host of a service in a region. The SDK knows the suffix of the region's hosts from STS, also for services that
 * have no client here.
 */
export function hostOf(service: string, region: string): string {
  const { hostname } = new STSClient({ region }).config.endpointProvider({ Region: region }).url;
  return hostname.replace(/^sts\./u, `${service}.`);
}

export const controlTowerHost = (region: string): string => hostOf('controltower', region);
