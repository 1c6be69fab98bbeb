import { desiredStateJson } from '../functions/domain/examples';

/* What the desired state of the examples asks for, in the plain landing zone. */

export const TENANT = desiredStateJson.tenant.metadata.uuid;
export const EMAIL = 'aws+retail.webshop-dev.42@corp.example';
export const ALIAS = 'corp-retail-webshop-dev';
export const OU = 'ou-ab12-legacy01';
