import { carryOut } from './carry-out';
import { onePart } from './part';
import type { Tool } from './tools';

const good = (): Promise<{ passed: number; failed: number }> => Promise.resolve({ passed: 1, failed: 0 });

const MISSING: Tool = {
  name: 'a frobnicator',
  probes: [['no-such-frobnicator']],
  install: 'apt-get install frobnicator',
};

describe('parts of test:deep', () => {
  let told: string[] = [];

  beforeEach(() => {
    told = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => told.push(String(text)) > 0);
  });

  it('come to the sum of all', async () => {
    const { outcome, cut, lacking } = await carryOut([onePart('one', good), onePart('two', good, { waits: true })]);
    expect({ outcome, cut, lacking }).toEqual({ outcome: { passed: 2, failed: 0 }, cut: [], lacking: [] });
  });

  it('are not begun where they are known to end too late, and are named', async () => {
    const limits = { endsAt: Date.now() + 5 * 60_000, minutes: { long: { all: 6, longest: 6 } } };
    const { outcome, cut } = await carryOut([onePart('long', good), onePart('short', good)], limits);
    expect({ outcome, cut }).toEqual({ outcome: { passed: 1, failed: 0 }, cut: ['long'] });
  });

  it('are not run where a tool is missing, which is named with the command that installs it', async () => {
    const { outcome, lacking } = await carryOut([onePart('one', good, { needs: [MISSING] }), onePart('two', good)]);
    expect({ outcome, lacking }).toEqual({ outcome: { passed: 1, failed: 0 }, lacking: ['one'] });
    expect(told).toEqual(['✘ one is not run: a frobnicator is not installed (apt-get install frobnicator)\n']);
  });
});
