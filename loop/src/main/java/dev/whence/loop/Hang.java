package dev.whence.loop;

import java.util.List;

/**
 * The verdict on one request: nothing that may still happen can bring it forward.
 *
 * <p>Thread: any (immutable facts; the context belongs to the loop).
 *
 * @param request the hung request
 * @param what the part of it that can never be done
 * @param cycle the requests that wait for each other, this one included; empty when there is no
 *     cycle
 */
public record Hang(RequestContext request, What what, List<RequestContext> cycle) {
  public Hang {
    cycle = List.copyOf(cycle);
  }

  /** What can never be done. */
  public enum What {
    /** The answer (2.1). */
    ANSWER,
    /** The rest of a streamed body (2.8). */
    BODY,
    /** waitUntil work after a good answer (2.7). */
    BACKGROUND;

    /** The next thing that a request owes. */
    public static What of(RequestContext request) {
      if (request.owesAnswer()) {
        return ANSWER;
      }
      return request.openStreams() > 0 ? BODY : BACKGROUND;
    }
  }
}
