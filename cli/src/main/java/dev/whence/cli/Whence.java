package dev.whence.cli;

import dev.whence.cli.config.ConfigException;
import dev.whence.cli.config.DidYouMean;
import dev.whence.cli.options.Arguments;
import dev.whence.cli.options.HelpText;
import dev.whence.cli.options.Option;
import dev.whence.cli.options.OptionParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * The whole command line: finds the command that the arguments name and runs it.
 *
 * <p>Thread: the main one.
 */
final class Whence {
  private static final Option HELP = Option.flag("--help", "Show this help.");
  private static final Option VERSION = Option.flag("--version", "Show the version.");

  /** For the launcher: one run that loads what dev needs, to make a class-data archive from. */
  private static final String WARM_UP = "--warm-up";

  private final Console console;
  private final Serving.Opener opener;
  private final List<Command> commands;

  Whence(Console console, Serving.Opener opener, StopSignal stopSignal) {
    this.console = console;
    this.opener = opener;
    this.commands =
        List.of(
            new DevCommand(console, opener, stopSignal),
            new ServeCommand(console, opener, stopSignal),
            new ExploreCommand(console),
            new PsCommand(console),
            new DumpCommand(console));
  }

  /**
   * Runs a command line.
   *
   * @return an {@link ExitCode}
   */
  int execute(String... arguments) {
    try {
      return dispatch(List.of(arguments));
    } catch (ConfigException e) {
      console.complain(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    } catch (CompletionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } catch (Exception e) {
      return failed(e);
    }
  }

  private int failed(Throwable failure) {
    if (failure instanceof ConfigException) {
      console.complain(String.valueOf(failure.getMessage()));
      return ExitCode.USAGE;
    }
    console.complain("this is a bug in Whence:");
    failure.printStackTrace(console.err());
    return ExitCode.FAILED;
  }

  private int dispatch(List<String> arguments) throws Exception {
    if (arguments.isEmpty()) {
      throw new ConfigException("name a command, for example: whence dev worker.js");
    }
    String first = arguments.get(0);
    if (first.equals(WARM_UP)) {
      return WarmUp.run(opener);
    }
    if (first.startsWith("-")) {
      return answer(arguments);
    }
    for (Command command : commands) {
      if (command.name().equals(first)) {
        return run(command, arguments.subList(1, arguments.size()));
      }
    }
    throw unknown(first);
  }

  /** {@code --help} and {@code --version}. */
  private int answer(List<String> arguments) throws ConfigException, IOException {
    List<Option> options = List.of(HELP, VERSION);
    Arguments given = OptionParser.parse("whence", options, longNames(arguments));
    print(given.has(HELP.name()) ? help(options) : version());
    return ExitCode.DONE;
  }

  private int run(Command command, List<String> arguments) throws ConfigException, IOException {
    List<Option> options = new ArrayList<>(command.options());
    options.add(HELP);
    String name = "whence " + command.name();
    Arguments given = OptionParser.parse(name, options, longNames(arguments));
    if (!given.has(HELP.name())) {
      return command.run(given);
    }
    print(help(name, command, options));
    return ExitCode.DONE;
  }

  private static String help(String name, Command command, List<Option> options) {
    String operands = command.operands();
    String usage = operands.isEmpty() ? name : name + " " + operands;
    String meaning =
        operands.isEmpty()
            ? ""
            : "\n%s is a .js, .mjs or .ts file, a folder, or a wrangler configuration.\n"
                .formatted(operands);
    return "%s [OPTIONS]%n%s%n%s%n%s%n"
        .formatted(usage, command.summary(), meaning, HelpText.ofOptions(options));
  }

  /** The two customary short names. */
  private static List<String> longNames(List<String> arguments) {
    List<String> names = new ArrayList<>(arguments);
    names.replaceAll(
        argument ->
            argument.equals("-h")
                ? HELP.name()
                : argument.equals("-V") ? VERSION.name() : argument);
    return names;
  }

  private ConfigException unknown(String word) {
    List<String> names = commands.stream().map(Command::name).toList();
    String hint = DidYouMean.hint(word, names);
    if (hint.isEmpty() && isFile(word)) {
      hint = "; did you mean 'whence dev " + word + "'?";
    }
    String known = "; the commands are " + listed(names);
    return new ConfigException("unknown command '" + word + "'" + (hint.isEmpty() ? known : hint));
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private static boolean isFile(String word) {
    try {
      return Files.exists(Path.of(word));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private String help(List<Option> options) {
    StringBuilder text = new StringBuilder("whence COMMAND\n");
    text.append("Runs Workers scripts on the JVM, and knows whence each piece of work came.\n\n");
    for (Command command : commands) {
      text.append("  %-12s%s%n".formatted(command.name(), command.summary()));
    }
    text.append('\n').append(HelpText.ofOptions(options));
    return text.append("\n\nwhence COMMAND --help tells more about a command.\n").toString();
  }

  private static String version() {
    String version = Whence.class.getPackage().getImplementationVersion();
    return "whence " + (version == null ? "(not packaged)" : version) + "\n";
  }

  private void print(String text) throws IOException {
    console.out().write(text.getBytes(StandardCharsets.UTF_8));
    console.out().flush();
  }
}
