package dev.whence.explain;

import java.util.List;
import java.util.Optional;

/**
 * How a place was reached, innermost first, over asynchronous calls too. Frames of the runtime and
 * of Node's insides are left out.
 *
 * <p>Thread: any (immutable).
 *
 * @param frames may be empty, when no code of the worker was on the stack
 */
public record CallStack(List<Site> frames) {
  public CallStack {
    frames = List.copyOf(frames);
  }

  /** No frame is known. */
  public static final CallStack UNKNOWN = new CallStack(List.of());

  public boolean isKnown() {
    return !frames.isEmpty();
  }

  /** The innermost frame. */
  public Optional<Site> top() {
    return frames.isEmpty() ? Optional.empty() : Optional.of(frames.get(0));
  }

  /** The first frame of the author's own code, which is the top unless a library is there. */
  public Optional<Site> firstOfAuthor() {
    return frames.stream().filter(frame -> !frame.library()).findFirst();
  }
}
