package dev.whence.explore;

import dev.whence.runtime.ResponseSink;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that reads its answer as it comes.
 *
 * <p>Thread: the explorer's.
 */
final class Client implements ResponseSink {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private @Nullable Head head;
  private boolean isWhole;
  private boolean isOver;

  @Override
  public void whole(Head answer, byte[] bytes) {
    head = answer;
    body.writeBytes(bytes);
    end();
  }

  @Override
  public void head(Head answer, long contentLength) {
    head = answer;
  }

  @Override
  public void write(byte[] chunk, Runnable whenWritable) {
    body.writeBytes(chunk);
    whenWritable.run();
  }

  @Override
  public void end() {
    isWhole = true;
    isOver = true;
  }

  @Override
  public void abort() {
    isOver = true;
  }

  /** Whether nothing more comes. */
  boolean isOver() {
    return isOver;
  }

  Answer answer() {
    Head begun = head;
    return begun == null
        ? new Answer(0, List.of(), new byte[0], isWhole)
        : new Answer(begun.status(), begun.headers(), body.toByteArray(), isWhole);
  }
}
