package dev.whence.explore;

import dev.whence.runtime.BodySource;
import java.util.function.Consumer;

/**
 * A body of known bytes. Its one chunk comes when the schedule says; its end follows by itself.
 *
 * <p>Thread: the explorer's.
 */
final class Bytes implements BodySource {
  private final byte[] bytes;
  private final Consumer<Runnable> gate;
  private boolean isGiven;
  private boolean isCancelled;

  /**
   * A body.
   *
   * @param gate takes what delivers the chunk, and runs it when it shall come
   */
  Bytes(byte[] bytes, Consumer<Runnable> gate) {
    this.bytes = bytes;
    this.gate = gate;
  }

  @Override
  public void pull(Receiver receiver) {
    if (isGiven || bytes.length == 0) {
      receiver.end();
      return;
    }
    isGiven = true;
    gate.accept(
        () -> {
          if (!isCancelled) {
            receiver.chunk(bytes.clone());
          }
        });
  }

  @Override
  public void cancel() {
    isCancelled = true;
  }
}
