package dev.whence.runtime;

import dev.whence.explain.Cause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one request that its trace item tells.
 *
 * <p>Thread: the isolate's.
 */
final class Findings {
  /** Why it hung. */
  @Nullable Cause hang;

  /** It used an object of another request; an error that it may have survived. */
  @Nullable Cause misuse;

  /** It followed a promise whose request had ended; an error that it may have survived. */
  @Nullable Cause gone;

  final List<Cause> risks = new ArrayList<>();
  final List<TraceItem.Amendment> amends = new ArrayList<>();

  /** The cause of an exception with that message, if it is one that has a cause. */
  @Nullable Cause ofException(String message) {
    if (message.startsWith(Messages.CROSS_REQUEST_IO_START)) {
      return misuse;
    }
    return message.startsWith(Messages.OWNER_GONE_START) ? gone : null;
  }
}
