package dev.whence.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command speaks. Standard output carries the result (trace items) and nothing else; what
 * is said to the user goes to standard error.
 *
 * <p>Thread: any.
 *
 * @param out raw bytes; failures to write are thrown
 * @param err UTF-8 text
 * @param environment the environment variables
 */
record Console(OutputStream out, PrintStream err, Map<String, String> environment) {

  static Console ofProcess() {
    return new Console(
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        System.getenv());
  }

  /** Tells something in one line or more. */
  void say(String text) {
    err.println(text);
  }

  /** Says in one line why the command cannot do what was asked. */
  void complain(String message) {
    err.println("whence: " + message);
  }

  void warn(String message) {
    err.println("whence: warning: " + message);
  }
}
