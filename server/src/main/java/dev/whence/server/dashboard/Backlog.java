package dev.whence.server.dashboard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Requests that wait to be sent to one dashboard, or are kept for the next one that is opened.
 * Bounded: what matters is kept longest, the counts stay exact.
 *
 * <p>Thread: one at a time.
 */
final class Backlog {
  private final int requestLimit;
  private final long characterLimit;
  private final ArrayDeque<EndedRequest> requests = new ArrayDeque<>();
  private long characters;
  private int mattering;
  private Counts counts = Counts.NONE;

  Backlog(int requestLimit, long characterLimit) {
    this.requestLimit = requestLimit;
    this.characterLimit = characterLimit;
  }

  void add(Sampler.Sample sample) {
    counts = counts.and(sample.counts());
    for (EndedRequest request : sample.kept()) {
      requests.add(request);
      weigh(request, 1);
    }
    while (requests.size() > requestLimit || characters > characterLimit) {
      dropOne();
    }
  }

  /**
   * Drops the oldest ordinary request; when those that matter take more than half of the room, the
   * oldest of all.
   */
  private void dropOne() {
    if (mattering < requests.size() && mattering * 2 <= requestLimit) {
      for (Iterator<EndedRequest> each = requests.iterator(); each.hasNext(); ) {
        EndedRequest request = each.next();
        if (!request.matters()) {
          each.remove();
          weigh(request, -1);
          return;
        }
      }
    }
    weigh(requests.remove(), -1);
  }

  private void weigh(EndedRequest request, int sign) {
    characters += (long) sign * request.json().length();
    mattering += request.matters() ? sign : 0;
  }

  boolean isEmpty() {
    return counts.ended() == 0;
  }

  Counts counts() {
    return counts;
  }

  /** What is kept, in the order of the ends. */
  List<EndedRequest> requests() {
    return new ArrayList<>(requests);
  }

  void clear() {
    requests.clear();
    characters = 0;
    mattering = 0;
    counts = Counts.NONE;
  }
}
