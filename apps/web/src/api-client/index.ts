export { failedBy, ServiceError, type ServiceFailure } from "./problem-answer.ts";
export { type StandingsByTarget, standingsQuery } from "./standing-queries.ts";
export { type PolicyStorage, targetPolicyQuery } from "./target-policy-query.ts";
export type { ArrivedVerdict } from "./validations.ts";
export { targetsQuery, type VerdictsByTarget, type VerdictSubject, verdictsQuery } from "./verdict-queries.ts";
