package dev.whence.cli.print;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.runtime.Outcome;
import dev.whence.runtime.TraceItem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TracePrinterTest {
  private static final TraceFormat PATH =
      item ->
          ((TraceItem.FetchEvent) item.event()).url().substring("http://localhost:8787".length())
              + "\n";

  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(errBytes, true, UTF_8);

  @Test
  void jsonIsOneTraceItemALineAndNothingElse() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TraceItem first = TraceItems.get("/ä", 200, Outcome.OK);
    TraceItem second = TraceItems.get("/b", 0, Outcome.EXCEPTION);
    try (TracePrinter printer = TracePrinter.start(TraceFormat.JSON, out, err)) {
      printer.ended(first);
      printer.ended(second);
    }
    assertThat(out.toString(UTF_8)).isEqualTo(first.toJson() + "\n" + second.toJson() + "\n");
    assertThat(errBytes.size()).isZero();
  }

  @Test
  void linesAreFlushedWhenNothingIsWaiting() throws Exception {
    CountDownLatch flushed = new CountDownLatch(1);
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {}

          @Override
          public void write(byte[] bytes, int offset, int length) {
            flushed.countDown();
          }
        };
    try (TracePrinter printer = TracePrinter.start(PATH, out, err)) {
      printer.ended(get("/a"));
      assertThat(flushed.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void nothingIsLostBelowTheBound() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int count = TracePrinter.MAX_ITEMS;
    TraceItem item = get("/a");
    try (TracePrinter printer = TracePrinter.start(PATH, out, err)) {
      IntStream.range(0, count).forEach(i -> printer.ended(item));
    }
    assertThat(out.toString(UTF_8)).isEqualTo("/a\n".repeat(count));
    assertThat(errBytes.size()).isZero();
  }

  @Test
  void aReaderThatIsStuckCostsItemsAndIsTold() throws Exception {
    Gate out = new Gate();
    try (TracePrinter printer = TracePrinter.start(PATH, out, err, 3)) {
      printer.ended(get("/written"));
      out.reached.await();
      for (String path : new String[] {"/1", "/2", "/3", "/lost", "/lost"}) {
        printer.ended(get(path));
      }
      out.open.countDown();
    }
    assertThat(out.bytes.toString(UTF_8)).isEqualTo("/written\n/1\n/2\n/3\n");
    assertThat(errBytes.toString(UTF_8))
        .isEqualTo("whence: warning: 2 trace items dropped, standard output is read too slowly\n");
  }

  @Test
  void aReaderThatHasGoneIsToldOnce() {
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    TracePrinter printer = TracePrinter.start(PATH, out, err);
    printer.ended(get("/a"));
    printer.close();
    printer.ended(get("/b"));
    assertThat(errBytes.toString(UTF_8))
        .isEqualTo("whence: warning: cannot write trace items any more: Broken pipe\n");
  }

  @Test
  void anItemThatCannotBePrintedDoesNotStopTheOthers() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TraceFormat picky =
        item -> {
          if (item.outcome() == Outcome.EXCEPTION) {
            throw new IllegalStateException("no");
          }
          return PATH.format(item);
        };
    try (TracePrinter printer = TracePrinter.start(picky, out, err)) {
      printer.ended(TraceItems.get("/a", 0, Outcome.EXCEPTION));
      printer.ended(get("/b"));
    }
    assertThat(out.toString(UTF_8)).isEqualTo("/b\n");
    assertThat(errBytes.toString(UTF_8)).contains("a trace item could not be printed");
  }

  private static TraceItem get(String path) {
    return TraceItems.get(path, 200, Outcome.OK);
  }

  /** Output whose reader does not read until the gate opens. */
  private static final class Gate extends OutputStream {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      reached.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      bytes.write(source, offset, length);
    }
  }
}
