import Builder from 'fast-xml-builder';
import { textOf, type Protocol, type WireResponse } from './wire-message';
import { readQueryParameters } from './query-parameters';

const builder = new Builder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: false });

/**
 * AWS Query: a form with `Action`, answered in XML (Smithy, "AWS query protocol").
 *
 * @param emptyResults operations whose answer has a result without members; the others that answer nothing have no
 * result at all
 */
export function awsQuery(namespace: string, emptyResults: readonly string[] = []): Protocol {
  return {
    decode: (request) => {
      const form = new URLSearchParams(textOf(request.body));
      const operation = form.get('Action') ?? request.query['Action'] ?? '';
      form.delete('Action');
      form.delete('Version');
      return { operation, input: readQueryParameters(form) };
    },
    encode: (operation, answer, requestId) =>
      response(200, {
        [`${operation}Response`]: {
          '@xmlns': namespace,
          ...(Object.keys(answer).length === 0 && !emptyResults.includes(operation)
            ? {}
            : { [`${operation}Result`]: asXml(answer) }),
          ResponseMetadata: { RequestId: requestId },
        },
      }),
    refuse: (error, requestId) =>
      response(error.status, {
        ErrorResponse: {
          '@xmlns': namespace,
          Error: { Type: error.status < 500 ? 'Sender' : 'Receiver', Code: error.code, Message: error.message },
          RequestId: requestId,
        },
      }),
  };
}

function response(status: number, document: object): WireResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body: Buffer.from(builder.build(document)) };
}

/** Lists become `<member>` elements and points in time ISO 8601, as the query protocol writes them. */
function asXml(value: unknown): unknown {
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? '' : { member: value.map(asXml) };
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined && member !== null);
    return Object.fromEntries(members.map(([key, member]) => [key, asXml(member)]));
  }
  return value;
}
