/** How many are generated for each property: few in the inner loop, 10,000 with `npm run test:deep -- organizations`. */
export const ORGANIZATIONS = Number(process.env['ORGANIZATIONS'] ?? 300);
