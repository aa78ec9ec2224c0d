package dev.whence.explain;

import java.util.Locale;

/** What a request ran into (workers-semantics.md, section 18). */
public enum CauseKind {
  /** It follows a pending promise of a request that is still alive. */
  AWAITS_OTHER_REQUEST,
  /** It follows a promise whose request ended before settling it. */
  OWNER_ENDED,
  /** Somebody did settle the promise, after its request had ended. */
  SETTLEMENT_DROPPED,
  /** Requests that wait for each other. */
  DEADLOCK,
  /** The request it waits for hangs itself. */
  OWNER_HUNG,
  /** It follows a promise made in global scope, which nothing settles. */
  STARTUP_PROMISE,
  /** It waits for a promise of its own that no code and no event can settle. */
  NEVER_SETTLES,
  /** A body with nobody who writes it, or nobody who reads it. */
  STREAM_STALLED,
  /** The answer was sent; work given to waitUntil hangs. */
  BACKGROUND,
  /** An object bound to another request was used: an error, not a hang. */
  CROSS_REQUEST_IO,
  /** Something that needs a request was done while there was none: an error, not a hang. */
  GLOBAL_SCOPE_IO;

  /** As in JSON, for example {@code awaits-other-request}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
