package dev.whence.cli.print;

import dev.whence.runtime.TraceItem;
import dev.whence.runtime.TraceListener;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Prints trace items in the order in which they ended, without ever making an isolate wait.
 *
 * <p>A thread of its own formats and writes what a queue holds, and flushes whenever the queue is
 * empty. When the reader of the output is so slow that {@value #MAX_ITEMS} items or {@value
 * #MAX_CHARACTERS} characters of logs are waiting, further items are dropped, counted, and the
 * number is told on standard error. When the reader has gone, that is told once and the rest is
 * discarded.
 *
 * <p>Thread: {@link #ended} and {@link #close} from any; guarded by {@code queue}.
 */
public final class TracePrinter implements TraceListener, AutoCloseable {
  static final int MAX_ITEMS = 100_000;
  static final long MAX_CHARACTERS = 64L << 20;

  /** What a card keeps in memory, in characters; all share the worker's source. */
  private static final long CARD = 4096;

  /** How long {@link #close} waits for a reader that does not read. */
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final TraceFormat format;
  private final OutputStream out;
  private final PrintStream err;
  private final int maxItems;
  private final Thread writer;
  private final Deque<TraceItem> queue = new ArrayDeque<>();
  private long waitingCharacters;
  private long dropped;
  private boolean closed;

  private TracePrinter(TraceFormat format, OutputStream out, PrintStream err, int maxItems) {
    this.format = format;
    this.out = new BufferedOutputStream(out, 1 << 16);
    this.err = err;
    this.maxItems = maxItems;
    this.writer = new Thread(this::write, "whence-trace-printer");
    this.writer.setDaemon(true);
  }

  /**
   * Starts a printer.
   *
   * @param out where items go; not closed
   * @param err where dropped items are told
   */
  public static TracePrinter start(TraceFormat format, OutputStream out, PrintStream err) {
    return start(format, out, err, MAX_ITEMS);
  }

  static TracePrinter start(TraceFormat format, OutputStream out, PrintStream err, int maxItems) {
    TracePrinter printer = new TracePrinter(format, out, err, maxItems);
    printer.writer.start();
    return printer;
  }

  @Override
  public void ended(TraceItem item) {
    long size = size(item);
    synchronized (queue) {
      boolean full = queue.size() >= maxItems || waitingCharacters + size > MAX_CHARACTERS;
      if (closed || (full && !queue.isEmpty())) {
        dropped++;
        return;
      }
      waitingCharacters += size;
      queue.add(item);
      queue.notifyAll();
    }
  }

  /** Writes what is waiting and ends; waits a few seconds at most for a reader that is stuck. */
  @Override
  public void close() {
    synchronized (queue) {
      closed = true;
      queue.notifyAll();
    }
    try {
      writer.join(CLOSE_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    giveUp();
  }

  private void write() {
    try {
      TraceItem item = next();
      while (item != null) {
        out.write(text(item).getBytes(StandardCharsets.UTF_8));
        item = next();
      }
      out.flush();
      tellDropped();
    } catch (IOException e) {
      discardTheRest(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for an item; null when there will be none. */
  private @Nullable TraceItem next() throws InterruptedException, IOException {
    TraceItem item = poll();
    if (item != null) {
      return item;
    }
    out.flush();
    tellDropped();
    synchronized (queue) {
      while (queue.isEmpty() && !closed) {
        queue.wait();
      }
    }
    return poll();
  }

  private @Nullable TraceItem poll() {
    synchronized (queue) {
      TraceItem item = queue.poll();
      waitingCharacters -= item == null ? 0 : size(item);
      return item;
    }
  }

  private String text(TraceItem item) {
    try {
      return format.format(item);
    } catch (RuntimeException e) {
      err.println("whence: a trace item could not be printed: " + e);
      return "";
    }
  }

  private void tellDropped() {
    long count;
    synchronized (queue) {
      count = dropped;
      dropped = 0;
    }
    if (count > 0) {
      err.println(
          "whence: warning: " + count + " trace items dropped, standard output is read too slowly");
    }
  }

  private void discardTheRest(IOException e) {
    synchronized (queue) {
      closed = true;
      queue.clear();
    }
    err.println("whence: warning: cannot write trace items any more: " + e.getMessage());
  }

  /** Counts what is still waiting as dropped: nobody reads it any more. */
  private void giveUp() {
    synchronized (queue) {
      dropped += queue.size();
      queue.clear();
    }
    tellDropped();
  }

  /** About how many characters an item keeps in memory. */
  private static long size(TraceItem item) {
    long size = 0;
    for (TraceItem.Log log : item.logs()) {
      String terminal = log.terminalText();
      size += log.messageJson().length() + (terminal == null ? 0 : terminal.length());
    }
    for (TraceItem.ExceptionEntry thrown : item.exceptions()) {
      String stack = thrown.stack();
      size += thrown.message().length() + (stack == null ? 0 : stack.length());
    }
    TraceItem.Whence whence = item.whence();
    long cards = whence.cause() == null ? 0 : 1;
    cards += whence.risks().size();
    cards += whence.amends().size();
    return size + cards * CARD;
  }
}
