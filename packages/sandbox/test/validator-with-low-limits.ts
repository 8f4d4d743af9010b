import { createSandbox } from "../src/index.ts";
import { serveSandbox } from "../src/validator/serve-sandbox.ts";
import { lowLimits } from "./low-limits.ts";

/** The validator, for tests of many runs that go to their limits. */
const socket = process.env["HAUBERK_VALIDATOR_SOCKET"] ?? "";
await serveSandbox(createSandbox({ confinement: "launcher", limits: lowLimits, perClient: 2 }), socket);
console.error(`listens on ${socket}`);
