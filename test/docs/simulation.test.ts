import { FAULTS } from '../../sandbox/simulation/fault-name';
import { codeIn, rowsOf } from './pages';

describe('the page about the simulation', () => {
  it('explains every fault, and no other, in the words of the command', () => {
    const told = rowsOf('docs/simulation.md', 'fault').map(([name = '', means = '']) => [codeIn(name)[0], means]);

    expect(told).toEqual(Object.entries(FAULTS));
  });
});
