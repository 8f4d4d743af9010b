import { z } from "./zod.ts";

/** No control characters, which could forge lines in logs and installers. */
export const plainText = (most: number) =>
  z
    .string()
    .max(most, `at most ${most} characters`)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "without control characters");

/** Text that may run over several lines. */
export const prose = (most: number) =>
  z
    .string()
    .max(most, `at most ${most} characters`)
    .regex(/^(?:[\t\n]|[^\p{Cc}])*$/u, "without control characters other than tabs and line ends");

/** Text on one line that says something. */
export const filledText = (most: number) => plainText(most).regex(/\S/u, "may not be empty");
