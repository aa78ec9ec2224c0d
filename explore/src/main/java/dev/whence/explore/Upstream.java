package dev.whence.explore;

import dev.whence.loop.Clock;
import dev.whence.runtime.Transport;
import java.util.List;
import java.util.function.Consumer;

/**
 * Answers the worker's subrequests.
 *
 * <p>Thread: the explorer's.
 */
public interface Upstream {

  /** A stored answer. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier that is never compared
  record Reply(int status, List<String> headers, byte[] body) {
    public Reply {
      headers = List.copyOf(headers);
    }
  }

  /** One rehearsal of the upstream; every rehearsal of the worker has its own. */
  interface Session {
    /**
     * A subrequest is complete.
     *
     * @param body all of it
     * @param done called once: now, or when virtual time has passed
     * @throws MissingStubException if nothing answers this
     */
    void ask(Transport.Request request, byte[] body, Consumer<Reply> done)
        throws MissingStubException;

    /** When time brings something about; {@link Long#MAX_VALUE} when it does not. */
    long nextWakeMillis();

    /** Time has passed, or something was asked: does what is due. */
    void proceed();

    /** The rehearsal is over. */
    void end();
  }

  /**
   * Begins a rehearsal.
   *
   * @param clock the rehearsal's time
   * @param seed of the upstream's chance
   */
  Session begin(Clock clock, long seed);

  /** An upstream that is never asked. */
  static Upstream none() {
    return new Stubs(List.of());
  }

  /** Ends what it holds. */
  default void close() {}
}
