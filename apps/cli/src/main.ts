import { CommanderError } from "commander";
import { CallError } from "./call-error.ts";
import { remark } from "./output/terminal.ts";
import { buildProgram } from "./program.ts";

// Whoever read our answer is gone (`hauberk parse … | head`): there is nobody to say anything to.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(2);
    throw error;
  });
}

try {
  await buildProgram((status) => {
    process.exitCode = status;
  }).parseAsync();
} catch (error) {
  if (error instanceof CallError) {
    remark(error.message);
    process.exitCode = 2;
  } else if (error instanceof CommanderError) {
    // Commander has said what is wrong, or printed the help that was asked for.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    throw error;
  }
}
