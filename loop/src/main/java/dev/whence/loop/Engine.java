package dev.whence.loop;

/**
 * The isolate as the loop sees it: something that runs turns, one at a time.
 *
 * <p>Thread: loop.
 */
public interface Engine {
  /**
   * Enters JavaScript once for the turn's owner and runs its microtasks to the end. Whatever the
   * turn told the host has been applied to the loop and its contexts when this returns.
   */
  void run(Turn turn);

  /** True while the engine works on something in the background (cryptography, for example). */
  boolean hasNativeWork();

  /** Lets finished background work announce itself as ready turns; does not block. */
  void pollNativeWork();
}
