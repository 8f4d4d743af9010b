export {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  type StandingAnswer,
  type ValidationAnswer,
  type ValidationCall,
} from "./sandbox.ts";
export type { PolicyTreeAnswer, PolicyTreeFile } from "./target/policy-texts.ts";
export { runLimits, type EffortLimits, type RunLimits } from "./confinement/limits.ts";
export { hostPlaces, type HostPlaces } from "./target/host-target.ts";
export { cacheFolder, corpusFolder, samplesFolder, toolchainFolder } from "./toolchain/cache-folders.ts";
export { connectSandbox } from "./validator/remote-sandbox.ts";
