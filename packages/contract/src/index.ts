export * from "./compiled.ts";
export * from "./design-paths.ts";
export * from "./endpoints.ts";
export * from "./health.ts";
export * from "./limits.ts";
export * from "./problem.ts";
export * from "./targets.ts";
export * from "./validations.ts";
