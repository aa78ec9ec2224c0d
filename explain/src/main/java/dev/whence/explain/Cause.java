package dev.whence.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The explanation of one hang, or of one error across requests: facts and the words for them. All
 * renderers read this one value.
 *
 * <p>Thread: any (immutable).
 *
 * @param request whose cause it is, for example {@code r2}
 * @param risk true for an early warning: nothing failed this time
 * @param summary one or two sentences
 * @param awaited where the request waits, or where it used the object
 * @param created where the promise or object was made
 * @param owner in which request that was; null when the request itself made it
 * @param chain the steps from the request's answer to {@code awaited}, outermost first; empty when
 *     there is only one
 * @param store through which variable or collection the promise or object is reached
 * @param holder where the function that would settle the promise is kept
 * @param settler who settled it too late
 * @param cycle names of requests that wait for each other
 * @param root the hang that this one follows from
 * @param fix one thing to change
 * @param note what limits this explanation, for example that sites were not recorded
 * @param code the line to look at
 */
public record Cause(
    CauseKind kind,
    String request,
    boolean risk,
    String summary,
    CallStack awaited,
    CallStack created,
    @Nullable Owner owner,
    List<Hop> chain,
    @Nullable String store,
    @Nullable String holder,
    @Nullable Settler settler,
    List<String> cycle,
    @Nullable Root root,
    String fix,
    @Nullable String note,
    @Nullable Code code) {
  public Cause {
    chain = List.copyOf(chain);
    cycle = List.copyOf(cycle);
  }

  /** The same as an early warning. */
  public Cause asRisk() {
    return new Cause(
        kind, request, true, summary, awaited, created, owner, chain, store, holder, settler, cycle,
        root, fix, note, code);
  }
}
