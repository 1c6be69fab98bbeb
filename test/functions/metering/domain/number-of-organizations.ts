/** How many are generated for each property: few as a rule, 10,000 by `npm run test:deep -- organizations`. */
export const ORGANIZATIONS = Number(process.env['ORGANIZATIONS'] ?? 100);
