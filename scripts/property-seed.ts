import fc from "fast-check";

/**
 * On CI every property starts from one seed, so that a change is judged by what it changes and not by chance. On a
 * person's machine each run tries new values; what fast-check then finds, it prints with the seed that repeats it.
 */
if (process.env["CI"]) fc.configureGlobal({ seed: 20_261_120 });
