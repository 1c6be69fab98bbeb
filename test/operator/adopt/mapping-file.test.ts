import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { readMapping } from '../../../operator/adopt/mapping-file';

describe('the mapping of an adoption', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mapping-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const file = (name: string, text: string): string => {
    const at = path.join(folder, name);
    writeFileSync(at, text);
    return at;
  };

  const row = (line: number, change: object = {}): object => ({
    line,
    accountId: '000000000001',
    workspace: 'retail',
    project: 'shop',
    landingZone: 'aws-dev',
    ...change,
  });

  it('is read from CSV as spreadsheets write it, with the line in which a row begins', () => {
    const csv = [
      '\uFEFFAccount ID,Workspace,PROJECT,landing-zone,contactEmail,tag:cost:center,tag:empty',
      '000000000001,retail,shop,aws-dev,jane@corp.example,"47,11",',
      '',
      '"000000000001" , retail,"shop",aws-dev',
      '',
    ].join('\r\n');
    expect(readMapping(file('mapping.CSV', csv))).toEqual([
      row(2, { contactEmail: 'jane@corp.example', tags: { 'cost:center': '47,11' } }),
      row(4),
    ]);
  });

  it('is read from YAML and from JSON', () => {
    const yaml = `# ours
- accountId: '000000000001'
  workspace: retail
  project: shop
  landingZone: aws-dev

- { accountId: '000000000001', workspace: 4711, project: shop, landingZone: aws-dev, tags: { costCenter: 4711 } }
`;
    expect(readMapping(file('mapping.yaml', yaml))).toEqual([
      row(2),
      row(7, { workspace: '4711', tags: { costCenter: '4711' } }),
    ]);
    expect(readMapping(file('mapping.json', JSON.stringify([row(0)]).replace('"line":0,', '')))).toEqual([row(1)]);
  });

  it('leaves empty what is missing in a row: the API tells it with everything else', () => {
    const none = { accountId: '', workspace: '', project: '', landingZone: '' };
    expect(readMapping(file('m.csv', 'accountId,workspace,project,landingZone\n000000000001\n,,,\n'))).toEqual([
      { ...none, line: 2, accountId: '000000000001' },
      { ...none, line: 3 },
    ]);
    expect(readMapping(file('m.yml', '- workspace: retail\n'))).toEqual([{ ...none, line: 1, workspace: 'retail' }]);
  });

  it.each<[string, string, string]>([
    ['m.csv', 'accountId,workspace\n1,retail\n', 'line 1 has no column project, landingZone.'],
    ['m.csv', 'accountId,workspace,project,landingZone,owner\n', 'line 1 has the unknown column owner. Take it out.'],
    ['m.csv', 'accountId,workspace,project,landingZone\n"1,retail\n', 'Quote'],
    ['m.csv', 'accountId,workspace,project,landingZone\n1,2,3,4,5\n', 'line 2'],
    ['m.yaml', 'accountId: 1\n', 'it is no list'],
    ['m.yaml', '- retail\n', 'it is no list of entries'],
    ['m.yaml', '- accountId: [\n', 'line'],
    [
      'm.yaml',
      "- accountId: 1\n- accountId: '000000000001'\n  owner: jane\n  workspace: { name: retail }\n",
      'line 1, accountId: must be text',
    ],
  ])('that cannot be read as a whole is refused: %s %p', (name, text, message) => {
    expect(() => readMapping(file(name, text))).toThrow(message);
  });

  it('tells all faults of a YAML file at once, each with its line', () => {
    const text =
      "- accountId: 1\n- accountId: '000000000001'\n  landingzone: x\n  owner: jane\n  workspace: { a: b }\n";
    expect(() => readMapping(file('m.yaml', text))).toThrow(
      /m\.yaml cannot be read as YAML: line 1, accountId: .*\nline 2, workspace: .*\nline 2, landingzone: .*mean landingZone\?\nline 2, owner: is not known\. There are/su,
    );
  });

  it('says so where there is no such file', () => {
    expect(() => readMapping(path.join(folder, 'none.csv'))).toThrow(/none\.csv cannot be read: .*no such file/u);
  });
});
