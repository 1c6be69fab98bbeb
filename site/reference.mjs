import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Writes the pages that have a source of their own: calls of the API, events, beliefs about AWS, conformance. */
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const cell = (text = '') =>
  text.replaceAll('\n', ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('{{', '{&#123;');
const row = (...cells) => `| ${cells.join(' | ')} |`;
const table = (heads, rows) => (rows.length === 0 ? [] : [row(...heads), row(...heads.map(() => '---')), ...rows, '']);

const resolved = (document, schema = {}) =>
  schema.$ref === undefined
    ? schema
    : schema.$ref
        .split('/')
        .slice(1)
        .reduce((part, key) => part[key], document);

function typeOf(schema = {}) {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1);
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum !== undefined) return schema.enum.map((one) => `\`${one}\``).join(', ');
  const any = schema.anyOf ?? schema.oneOf;
  if (any !== undefined) return [...new Set(any.map(typeOf))].join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items)}`;
  return [schema.type ?? 'any'].flat().join(' or ');
}

const fieldRows = (document, schema) => {
  const { properties = {}, required = [] } = resolved(document, schema);
  return Object.entries(properties).map(([name, field]) =>
    row(
      `\`${name}\`${required.includes(name) ? '' : ' (optional)'}`,
      cell(typeOf(field)),
      cell(field.description ?? resolved(document, field).description),
    ),
  );
};

function callsPage() {
  const api = read('docs/openapi.json');
  const calls = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, call]) => call.responses !== undefined)
      .flatMap(([method, call]) => [
        `## ${method.toUpperCase()} ${path}`,
        '',
        cell(call.summary),
        '',
        cell(call.description),
        '',
        ...table(
          ['parameter', 'in', 'type', 'meaning'],
          (call.parameters ?? [])
            .map((one) => resolved(api, one))
            .map((one) => row(`\`${one.name}\``, one.in, cell(typeOf(one.schema)), cell(one.description))),
        ),
        ...table(
          ['field of the body', 'type', 'meaning'],
          fieldRows(api, call.requestBody?.content?.['application/json']?.schema),
        ),
        ...table(
          ['status', 'means', 'answer'],
          Object.entries(call.responses).map(([status, answer]) => {
            const { description, content = {} } = resolved(api, answer);
            return row(
              status,
              cell(description),
              cell(
                Object.values(content)
                  .map((one) => typeOf(one.schema))
                  .join(' or '),
              ),
            );
          }),
        ),
      ]),
  );
  const schemas = Object.entries(api.components?.schemas ?? {}).flatMap(([name, schema]) => [
    `## ${name}`,
    '',
    cell(schema.description),
    '',
    ...table(['field', 'type', 'meaning'], fieldRows(api, schema)),
  ]);
  return [
    '# Every call of the API',
    '',
    'Generated from [openapi.json](docs/openapi.json). [API](docs/api.md) explains the calls with examples.',
    '',
    ...calls,
    ...schemas,
  ];
}

function eventsPage() {
  const events = read('docs/asyncapi.json');
  const messages = Object.entries(events.components?.messages ?? {}).flatMap(([name, message]) => {
    const payload = resolved(events, message.payload);
    const detail = payload.properties?.detail ?? payload;
    return [
      `## ${message.title ?? message.name ?? name}`,
      '',
      cell(message.summary ?? message.description),
      '',
      ...table(['field of detail', 'type', 'meaning'], fieldRows(events, detail)),
    ];
  });
  return [
    '# Every event',
    '',
    'Generated from [asyncapi.json](docs/asyncapi.json). [Events](docs/events.md) shows examples and the contract.',
    '',
    ...messages,
  ];
}

mkdirSync('site/generated', { recursive: true });
writeFileSync('site/generated/api.md', `${callsPage().join('\n')}\n`);
writeFileSync('site/generated/events.md', `${eventsPage().join('\n')}\n`);

/** Lists that commands of the project write. */
const LISTS = { 'sandbox/commands/evidence.ts': 'aws-evidence', 'test/conformance/run.ts': 'conformance' };
for (const [command, page] of Object.entries(LISTS)) {
  execFileSync(process.execPath, ['--import', 'tsx', command, '--list', `site/generated/${page}.md`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
