/** A message as it is shown: it begins with a capital, unless code begins it. */
export function capitalised(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
