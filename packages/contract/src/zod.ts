import * as z from "zod";

// A content security policy without eval reports zod's probe for a compiler, even though zod catches the refusal. The
// setting is read when a schema is made, so every schema of the contract takes `z` from here.
z.config({ jitless: true });

export { z };
