package dev.whence.explore;

/**
 * Something that can happen next.
 *
 * <p>Keys are letters with numbers: {@code r} the next turn runs, {@code a2} request 2 arrives,
 * {@code s1.2} request 1's second subrequest is answered, {@code f1.2} it fails, {@code b1.2} a
 * chunk of its body comes, {@code u1} a chunk of request 1's own body comes, {@code n1.2} the
 * second piece of native work of request 1 is delivered, {@code t} time passes to the next timer,
 * {@code d1} the client of request 1 leaves.
 *
 * <p>Thread: the explorer's.
 *
 * @param request which of the requests it is about, from 1; 0 for none
 * @param text what happens, as the table shows it
 */
record Choice(String key, Kind kind, int request, String text, Runnable action) {

  /** What kind of thing happens. */
  enum Kind {
    RUN,
    ANSWER,
    CHUNK,
    NATIVE,
    TIME,
    ARRIVAL,
    DISCONNECT,
    FAILURE;

    boolean isFault() {
      return this == DISCONNECT || this == FAILURE;
    }
  }
}
