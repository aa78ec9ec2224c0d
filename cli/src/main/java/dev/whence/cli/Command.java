package dev.whence.cli;

import dev.whence.cli.config.ConfigException;
import dev.whence.cli.options.Arguments;
import dev.whence.cli.options.Option;
import java.util.List;

/** One of the things that {@code whence} can be told to do. Thread: the main one. */
interface Command {
  /** The word on the command line. */
  String name();

  /** A sentence for the help text. */
  String summary();

  /** What stands between its name and the options, as the help text shows it; may be empty. */
  default String operands() {
    return "ENTRY|DIR";
  }

  /** What it knows besides {@code --help}. */
  List<Option> options();

  /**
   * Does it.
   *
   * @return an {@link ExitCode}
   * @throws ConfigException for bad usage
   */
  int run(Arguments given) throws ConfigException;
}
