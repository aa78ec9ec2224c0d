package dev.whence.explore;

import java.util.ArrayList;
import java.util.List;

/**
 * All that decides how a rehearsal goes, beside the files: which requests take part, on what
 * isolate, and where it deviates from what comes by itself, which is one request after the other.
 *
 * <p>Thread: any (immutable).
 *
 * @param seed of chance
 * @param requests numbers of the requests that take part, from 1, in the order in which they arrive
 *     by themselves
 * @param warm the request that is served before, alone; 0 for a cold isolate
 */
record Schedule(long seed, List<Integer> requests, int warm, List<Deviation> deviations) {
  Schedule {
    requests = List.copyOf(requests);
    deviations = List.copyOf(deviations);
  }

  Schedule with(List<Deviation> others) {
    return new Schedule(seed, requests, warm, others);
  }

  Schedule cold() {
    return new Schedule(seed, requests, 0, deviations);
  }

  /** Without one request and all that happens to it. */
  Schedule without(int request) {
    List<Integer> left = new ArrayList<>(requests);
    left.remove((Integer) request);
    List<Deviation> kept = new ArrayList<>();
    int skipped = 0;
    for (Deviation deviation : deviations) {
      if (requestOf(deviation.key()) == request) {
        skipped += deviation.after();
      } else {
        kept.add(new Deviation(deviation.after() + skipped, deviation.key()));
        skipped = 0;
      }
    }
    return new Schedule(seed, left, warm, kept);
  }

  /** Without one deviation. */
  Schedule withoutDeviation(int index) {
    List<Deviation> kept = new ArrayList<>(deviations);
    Deviation gone = kept.remove(index);
    if (index < kept.size()) {
      Deviation next = kept.get(index);
      kept.set(index, new Deviation(next.after() + gone.after(), next.key()));
    }
    return with(kept);
  }

  private static int requestOf(String key) {
    int end = key.indexOf('.');
    String number = key.substring(1, end < 0 ? key.length() : end);
    return number.isEmpty() ? 0 : Integer.parseInt(number);
  }
}
