package dev.whence.explore;

import dev.whence.explain.Cause;
import dev.whence.explain.CauseKind;
import dev.whence.explain.Site;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with one request of one rehearsal.
 *
 * <p>Thread: any (immutable).
 *
 * @param key issues with the same one are the same bug
 * @param request number of the request, from 1
 * @param summary one sentence
 * @param cause null when nothing hung and nothing was misused
 * @param expected an answer that it gets alone; null unless answers differ
 * @param got the answer that it got; null unless answers differ
 */
record Issue(
    Kind kind,
    String key,
    int request,
    String summary,
    @Nullable Cause cause,
    @Nullable String expected,
    @Nullable String got) {

  /** What is wrong. */
  enum Kind {
    HANG("hang"),
    CROSS_REQUEST_IO("cross-request-io"),
    DIFFERENT_ANSWER("different-answer"),
    NEW_EXCEPTION("new-exception");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  static Issue of(Cause cause, int request) {
    Kind kind = cause.kind() == CauseKind.CROSS_REQUEST_IO ? Kind.CROSS_REQUEST_IO : Kind.HANG;
    return new Issue(kind, key(cause), request, cause.summary(), cause, null, null);
  }

  /** Where it waits and where that was made. */
  static String key(Cause cause) {
    return cause.awaited().top().map(Site::position).orElse("?")
        + " "
        + cause.created().top().map(Site::position).orElse("?");
  }
}
