package dev.whence.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that sends what it is told to, byte for byte, and reads HTTP/1 responses. */
final class RawClient implements AutoCloseable {

  /** A response; header lines as they arrived. */
  record Answer(String statusLine, List<String> headerLines, String body) {
    int status() {
      return Integer.parseInt(statusLine.split(" ")[1]);
    }

    List<String> headers(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return headerLines.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .toList();
    }

    String header(String name) {
      List<String> values = headers(name);
      return values.size() == 1 ? values.get(0) : String.valueOf(values);
    }
  }

  final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** The other end: a server that does as it is told. */
  RawClient(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends the lines of a request's head, and the empty line after them. */
  RawClient sendHead(String... lines) throws IOException {
    return send(String.join("\r\n", lines) + "\r\n\r\n");
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  Answer get(String path) throws IOException {
    return sendHead("GET " + path + " HTTP/1.1", "Host: test").read();
  }

  /** Reads a response with its body, past interim ones. */
  Answer read() throws IOException {
    return read(true);
  }

  /** Reads a response; {@code withBody} false: to a HEAD request. */
  Answer read(boolean withBody) throws IOException {
    Answer head = readHead();
    while (head.status() == 100) {
      head = readHead();
    }
    int status = head.status();
    if (!withBody || status == 204 || status == 304) {
      return head;
    }
    String body;
    if (head.header("transfer-encoding").equals("chunked")) {
      StringBuilder all = new StringBuilder();
      for (String chunk = readChunk(); !chunk.isEmpty(); chunk = readChunk()) {
        all.append(chunk);
      }
      body = all.toString();
    } else if (head.headers("content-length").size() == 1) {
      body = readText(Integer.parseInt(head.header("content-length")));
    } else {
      body = readToEnd();
    }
    return new Answer(head.statusLine(), head.headerLines(), body);
  }

  Answer readHead() throws IOException {
    String statusLine = readLine();
    List<String> headers = new ArrayList<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      headers.add(line);
    }
    return new Answer(statusLine, headers, "");
  }

  /** One chunk of a chunked body; empty at its end. */
  String readChunk() throws IOException {
    String chunk = readText(Integer.parseInt(readLine(), 16));
    readLine();
    return chunk;
  }

  String readText(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("after " + bytes.length + " of " + length + " bytes");
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Everything until the server closes. */
  String readToEnd() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("in line \"" + line + "\"");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
