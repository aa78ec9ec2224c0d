package dev.whence.loop;

import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns that may run now, oldest first, each with the number under which it became ready.
 *
 * <p>Taking the oldest is constant time, as that is what production does.
 *
 * <p>Thread: loop.
 */
final class ReadyTurns {
  private record Entry(Turn turn, long number) {}

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long lastNumber;

  void add(Turn turn) {
    turn.owner().turnQueued();
    entries.add(new Entry(turn, ++lastNumber));
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  int size() {
    return entries.size();
  }

  /** The turn that has been ready for longest, or null. */
  @Nullable Turn oldest() {
    Entry entry = entries.peek();
    return entry == null ? null : entry.turn();
  }

  /** Number of the turn that became ready last. */
  long lastNumber() {
    return lastNumber;
  }

  /** True when a turn that became ready at or before that number has not run. */
  boolean holdsUpTo(long number) {
    Entry oldest = entries.peek();
    return oldest != null && oldest.number() <= number;
  }

  Turn take(Scheduler scheduler) {
    if (entries.size() == 1 || scheduler == Scheduler.FIRST_COME) {
      return taken(entries.remove());
    }
    List<Entry> view = new ArrayList<>(entries);
    int index =
        scheduler.choose(
            new AbstractList<>() {
              @Override
              public Turn get(int position) {
                return view.get(position).turn();
              }

              @Override
              public int size() {
                return view.size();
              }
            });
    Entry chosen = view.get(index);
    entries.remove(chosen);
    return taken(chosen);
  }

  private static Turn taken(Entry entry) {
    entry.turn().owner().turnTaken();
    return entry.turn();
  }
}
