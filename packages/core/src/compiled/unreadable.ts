/**
 * The bytes are no compiled policy: thrown inside this room alone, and turned into an answer at its door. The message is
 * half a sentence for the person, the offset counts from the first byte that was given.
 */
export class Unreadable extends Error {
  override name = "Unreadable";
  readonly offset: number;

  constructor(why: string, offset: number) {
    super(why);
    this.offset = offset;
  }
}
