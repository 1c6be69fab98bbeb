/**
 * How much of something a test takes: few where people wait for it, many in `npm run test:deep`.
 */
export const fewOrMany = (few: number, many: number): number => (process.env['TEST_DEEP'] === 'many' ? many : few);
