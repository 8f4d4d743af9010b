/*
 * React's start, by itself: a chunk of its own that is evaluated on its own. While it starts it makes errors that it may throw
 * later; under a debugger each is given its place, for which the browser reads the whole script around it once more.
 */
export { createRoot } from "react-dom/client";
