package dev.whence.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one hang, or of one use across requests, before it is put into words.
 *
 * <p>Thread: any (immutable).
 *
 * @param request that waits, or that used the object
 * @param purpose the part of it that cannot be done
 * @param relation whose promise it waits for
 * @param settledUnheard the owner did settle the promise, where the waiting code cannot run (3.4)
 * @param awaited where it waits
 * @param created where the promise or object was made
 * @param owner of the promise or object, when that is another request or start-up
 * @param chain steps between the answer and {@code awaited}, outermost first
 * @param store where the promise or object is kept
 * @param holder where the function that would settle it is kept
 * @param settler who settled it too late
 * @param cycle the requests that wait for each other
 * @param root the hang of the owner
 * @param objectType of an object that is bound to another request; null when it is a promise
 * @param risk nothing has failed
 * @param sites whether places are recorded at all
 * @param code the line to look at
 */
public record Evidence(
    String request,
    Purpose purpose,
    Relation relation,
    boolean settledUnheard,
    CallStack awaited,
    CallStack created,
    @Nullable Owner owner,
    List<Hop> chain,
    @Nullable String store,
    @Nullable String holder,
    @Nullable Settler settler,
    List<String> cycle,
    @Nullable Root root,
    @Nullable String objectType,
    boolean risk,
    boolean sites,
    @Nullable Code code) {
  public Evidence {
    chain = List.copyOf(chain);
    cycle = List.copyOf(cycle);
  }

  /** What cannot be done. */
  public enum Purpose {
    ANSWER,
    BODY,
    BACKGROUND
  }

  /** Whose promise is waited for. */
  public enum Relation {
    /** Another request's. */
    FOREIGN,
    /** Nobody's: made by top-level code. */
    START_UP,
    /** Its own, made by a stream. */
    STREAM,
    /** Its own. */
    OWN,
    /** Not known. */
    UNKNOWN
  }
}
