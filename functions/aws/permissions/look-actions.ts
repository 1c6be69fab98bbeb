/** Which accounts Control Tower shares: they are never a tenant's. */
export const LANDING_ZONE_LOOK = ['controltower:ListLandingZones', 'controltower:GetLandingZone'] as const;

/** Is it what the Account Factory gives its user; and in which IAM Identity Center, where none is configured. */
export const OF_FACTORY_USER = ['sso:DescribePermissionSet', 'sso:ListInstances'] as const;

/** What AWS Config has set up in a member account. */
export const CONFIG_LOOK = ['config:DescribeConfigurationRecorders', 'config:DescribeDeliveryChannels'] as const;
