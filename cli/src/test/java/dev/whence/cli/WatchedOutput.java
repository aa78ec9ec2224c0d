package dev.whence.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Output that a test can wait on. Thread: any; guarded by itself. */
final class WatchedOutput extends OutputStream {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public synchronized void write(int b) {
    bytes.write(b);
    notifyAll();
  }

  @Override
  public synchronized void write(byte[] source, int offset, int length) {
    bytes.write(source, offset, length);
    notifyAll();
  }

  synchronized String text() {
    return bytes.toString(UTF_8);
  }

  /** Waits until the output contains a text. */
  void await(String text) throws InterruptedException {
    await(text, 1);
  }

  /** Waits until the output contains a text a number of times. */
  synchronized void await(String text, int times) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (text().split(Pattern.quote(text), -1).length <= times) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("'" + text + "' did not come; there is: " + text());
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
