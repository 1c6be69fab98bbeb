/** An error that is answered without the library (RFC 7644, section 3.12). */
export const scimError = (status: number, detail: string): object => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: String(status),
  detail,
});
