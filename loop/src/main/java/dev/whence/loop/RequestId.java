package dev.whence.loop;

/**
 * Names a request context within its isolate.
 *
 * <p>Thread: any (immutable).
 *
 * @param number counted from 1 in the order of arrival
 */
public record RequestId(long number) {
  /** The form shown to people: {@code r2}. */
  @Override
  public String toString() {
    return "r" + number;
  }
}
