import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { TargetPolicy } from "@hauberk/contract";
import { RequestProblem } from "../../problems/request-problem.ts";
import type { EnginePolicy, ValidationEngine } from "../../validation-engine.ts";

/** A target's policy as it goes out: its JSON, plain and compressed. */
export interface PolicyAnswer {
  /** Names the content: another one, another policy. */
  readonly tag: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/** The policies that targets bring. */
export interface TargetPolicyService {
  /** The policy of a target; refuses where there is no such target, or it can't be used here. */
  find(id: string): Promise<PolicyAnswer>;
}

/** So many policies are kept ready; there are hardly more targets. */
const mostKept = 16;

/** The policies of an engine's targets, each compressed once for as long as it stays the same. */
export function createTargetPolicyService(engine: ValidationEngine): TargetPolicyService {
  const kept = new Map<string, Promise<PolicyAnswer>>();
  return {
    async find(id) {
      const policy = await engine.policyTree(id);
      if (policy.kind !== "tree") {
        throw new RequestProblem(policy.kind === "unknown" ? "not-found" : "target-unusable", policy.why);
      }
      const known = kept.get(policy.hash);
      if (known) return known;
      const answer = answerOf(policy);
      kept.set(policy.hash, answer);
      answer.catch(() => kept.delete(policy.hash));
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      return answer;
    },
  };
}

async function answerOf(policy: Extract<EnginePolicy, { kind: "tree" }>): Promise<PolicyAnswer> {
  const { target, parser, files, leftOut } = policy;
  const body: TargetPolicy = { target, parser, files: [...files], leftOut: [...leftOut] };
  const plain = Buffer.from(JSON.stringify(body));
  const [br, gz] = await Promise.all([
    // Of 11: what is beyond costs seconds and saves little.
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    promisify(gzip)(plain),
  ]);
  return { tag: createHash("sha256").update(plain).digest("hex"), plain, br, gzip: gz };
}
