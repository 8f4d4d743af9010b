/** What a person calls themselves, as a body has it; whoever says nothing is anonymous. */
export function signature(name: string): { readonly by?: string } {
  const by = name.trim().slice(0, 80);
  return by === "" ? {} : { by };
}
