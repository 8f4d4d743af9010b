import { z } from "zod";

// Where a page's content security policy forbids eval, zod's probe for it would be reported as a violation. The setting
// is read when a schema is made, so schemas take `z` from here.
z.config({ jitless: true });

export { z };
