/** Each kind of object has its own versions; the path has the kind in lower case, in the plural. */
export const mediaType = (kind: string, version: string): string =>
  `application/vnd.meshcloud.api.${kind.toLowerCase()}.${version}.hal+json`;

export const pathTo = (kind: string): string => `/api/meshobjects/${kind.toLowerCase()}s`;
