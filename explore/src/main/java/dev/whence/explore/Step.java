package dev.whence.explore;

import java.util.List;
import java.util.Map;

/**
 * Something that happened in a rehearsal.
 *
 * <p>Thread: any (immutable).
 *
 * @param request whose it was, from 1; 0 for nobody's
 * @param millis since the rehearsal's begin, in virtual time
 * @param text what happened
 * @param waits what the request waited for afterwards, with places; only where sites are recorded
 * @param endings requests that ended with it, and how
 * @param isDeviation it did not come by itself
 */
record Step(
    int request,
    String key,
    long millis,
    String text,
    List<String> waits,
    Map<Integer, String> endings,
    boolean isDeviation) {
  Step {
    waits = List.copyOf(waits);
  }
}
