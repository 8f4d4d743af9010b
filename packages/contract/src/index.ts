export * from "./validations.ts";
