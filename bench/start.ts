/** When every scenario begins. */
export const START = new Date('2026-03-02T08:00:00.000Z');
