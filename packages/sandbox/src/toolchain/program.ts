import { spawn } from "node:child_process";

/** What a program of the machine said. `output` is standard output, `errors` standard error, both as text. */
export interface ProgramResult {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/**
 * Runs a trusted program of the machine with an argument list (never a shell) and collects what it says.
 * `folder`: where it runs. `code` is null where it was killed; a program that is not there rejects with the system's error.
 */
export function runProgram(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  folder?: string,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(folder !== undefined && { cwd: folder }),
      stdio: ["ignore", "pipe", "pipe"],
      // Messages are read by people and by us: one language, whatever the machine speaks.
      env: { ...process.env, LC_ALL: "C.UTF-8", ...environment },
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code, output: Buffer.concat(output).toString(), errors: Buffer.concat(errors).toString() }),
    );
  });
}
