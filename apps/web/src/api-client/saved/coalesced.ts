/** Does something soon after it is asked for; however often it is asked meanwhile, once. `stop` calls off what waits. */
export function coalesced(
  deed: () => void,
  milliseconds: number,
): { readonly ask: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    ask: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        deed();
      }, milliseconds);
    },
    stop: () => clearTimeout(timer),
  };
}
