package dev.whence.testkit;

import dev.whence.runtime.BodySource;
import dev.whence.runtime.ResponseSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of one request: collects the answer in memory.
 *
 * <p>Thread: any.
 */
public final class TestClient implements ResponseSink {
  private static final long PATIENCE_SECONDS = 60;

  private static final ExecutorService NETWORK =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "fake-network");
            thread.setDaemon(true);
            return thread;
          });

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final CompletableFuture<Head> head = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private volatile boolean cut;
  private Runnable disconnect = () -> {};

  /** How an answer ended. */
  public record Answer(int status, List<String> headers, String text, boolean cut) {
    /** First value of a header, or null. */
    public @Nullable String header(String name) {
      for (int i = 0; i < headers.size(); i += 2) {
        if (headers.get(i).toLowerCase(Locale.ROOT).equals(name)) {
          return headers.get(i + 1);
        }
      }
      return null;
    }
  }

  @Override
  public synchronized void whole(Head answer, byte[] bytes) {
    body.writeBytes(bytes);
    once(head.complete(answer));
    over.complete(null);
  }

  @Override
  public void head(Head answer, long contentLength) {
    once(head.complete(answer));
  }

  private static void once(boolean first) {
    if (!first) {
      throw new IllegalStateException("a second answer was begun");
    }
  }

  @Override
  public void write(byte[] chunk, Runnable whenWritable) {
    synchronized (this) {
      body.writeBytes(chunk);
    }
    // Like a real connection, which reports room from a thread of its own.
    NETWORK.execute(whenWritable);
  }

  @Override
  public void end() {
    over.complete(null);
  }

  @Override
  public void abort() {
    cut = true;
    head.complete(new Head(0, "", List.of()));
    over.complete(null);
  }

  void onDisconnect(Runnable action) {
    disconnect = action;
  }

  /** The client leaves. */
  public void disconnect() {
    disconnect.run();
  }

  /** True when the answer has ended. */
  public boolean isOver() {
    return over.isDone();
  }

  /** Waits for the answer's end. */
  public Answer answer() {
    await(over);
    Head answer = await(head);
    synchronized (this) {
      return new Answer(
          answer.status(), answer.headers(), body.toString(StandardCharsets.UTF_8), cut);
    }
  }

  /** Waits for the answer's head. */
  public Head awaitHead() {
    return await(head);
  }

  static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("no answer within " + PATIENCE_SECONDS + " s", e);
    }
  }

  /** A request body that is there at once. */
  static BodySource body(byte[] bytes) {
    return new BodySource() {
      private boolean sent;

      @Override
      public void pull(Receiver receiver) {
        if (sent || bytes.length == 0) {
          receiver.end();
        } else {
          sent = true;
          receiver.chunk(bytes);
        }
      }

      @Override
      public void cancel() {
        sent = true;
      }
    };
  }
}
