/**
 * What was given can't be read: thrown inside this room alone, and turned into an answer at its door. The message is half
 * a sentence for the person.
 */
export class Unreadable extends Error {
  override name = "Unreadable";
}
