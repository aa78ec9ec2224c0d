package dev.whence.conformance.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client's connection, to say and hear HTTP/1.1 piece by piece. Thread: the test's. */
final class HttpConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;

  /** A response; header lines as they came. */
  record Answer(int status, List<String> headerLines, String body) {
    List<String> headers(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return headerLines.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .toList();
    }
  }

  private final Socket socket;
  private final InputStream in;

  private HttpConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static HttpConnection to(int port) {
    try {
      return new HttpConnection(new Socket(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request without a body; the answer is not waited for. */
  HttpConnection send(String method, String path, String... headerLines) {
    StringBuilder head =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String line : headerLines) {
      head.append(line).append("\r\n");
    }
    return send(head.append("\r\n").toString());
  }

  /** Sends what is given. */
  HttpConnection send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks and waits for the answer. */
  Answer get(String path, String... headerLines) {
    return send("GET", path, headerLines).answer();
  }

  /** Reads a response with its body. */
  Answer answer() {
    Answer head = head();
    StringBuilder body = new StringBuilder();
    List<String> length = head.headers("content-length");
    if (head.headers("transfer-encoding").contains("chunked")) {
      for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
        body.append(chunk);
      }
    } else if (!length.isEmpty()) {
      body.append(text(Integer.parseInt(length.get(0))));
    }
    return new Answer(head.status(), head.headerLines(), body.toString());
  }

  /** Reads the head of a response, which is all there is after HEAD and with status 204. */
  Answer head() {
    int status = Integer.parseInt(line().split(" ")[1]);
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    return new Answer(status, headers, "");
  }

  /** One chunk of a chunked body; empty at its end. */
  String chunk() {
    String chunk = text(Integer.parseInt(line(), 16));
    line();
    return chunk;
  }

  /** True when the server has ended the connection and said nothing more. */
  boolean isAtEnd() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private String text(int length) {
    try {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("after " + bytes.length + " of " + length + " bytes");
      }
      return new String(bytes, ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          throw new EOFException("in line \"" + line.toString(ISO_8859_1) + "\"");
        }
        if (b != '\r') {
          line.write(b);
        }
      }
      return line.toString(ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the connection in the ordinary way. */
  void leave() {
    close();
  }

  /** Ends the connection with a reset. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
