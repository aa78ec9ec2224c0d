package dev.whence.cli;

/** What the exit codes of {@code whence} mean (docs/cli.md). */
final class ExitCode {
  /** The work is done; for {@code dev} and {@code serve}: stopped when asked to. */
  static final int DONE = 0;

  /**
   * The worker itself failed: its script does not load; for {@code explore}: something was found.
   */
  static final int FAILED = 1;

  /** Bad usage: options, files or ports that cannot be used. */
  static final int USAGE = 2;

  private ExitCode() {}
}
