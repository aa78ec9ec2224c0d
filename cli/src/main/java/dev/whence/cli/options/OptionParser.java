package dev.whence.cli.options;

import dev.whence.cli.config.ConfigException;
import dev.whence.cli.config.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells options from operands: {@code --name VALUE} or {@code --name=VALUE}, in any order; what
 * follows {@code --} is never an option. Mistakes are errors of one line.
 *
 * <p>Thread: any; an instance reads one command line.
 */
public final class OptionParser {
  private final String command;
  private final Map<String, Option> known = new LinkedHashMap<>();
  private final List<String> operands = new ArrayList<>();
  private final Map<String, List<String>> values = new LinkedHashMap<>();

  private OptionParser(String command, List<Option> options) {
    this.command = command;
    options.forEach(option -> known.put(option.name(), option));
  }

  /**
   * Reads the arguments of a command.
   *
   * @param command as the user wrote it, for example {@code whence dev}
   */
  public static Arguments parse(String command, List<Option> options, List<String> arguments)
      throws ConfigException {
    OptionParser parser = new OptionParser(command, options);
    parser.parse(arguments);
    return new Arguments(parser.operands, parser.values);
  }

  private void parse(List<String> arguments) throws ConfigException {
    int at = 0;
    while (at < arguments.size()) {
      String argument = arguments.get(at++);
      if (argument.equals("--")) {
        operands.addAll(arguments.subList(at, arguments.size()));
        return;
      }
      if (!isOption(argument)) {
        operands.add(argument);
        continue;
      }
      int equals = argument.indexOf('=');
      Option option = find(equals < 0 ? argument : argument.substring(0, equals));
      if (equals >= 0) {
        add(option, argument.substring(equals + 1));
      } else if (option.isFlag()) {
        add(option, null);
      } else if (at < arguments.size() && !arguments.get(at).startsWith("--")) {
        add(option, arguments.get(at++));
      } else {
        throw new ConfigException(option.name() + " needs a value: " + option.usage());
      }
    }
  }

  private static boolean isOption(String argument) {
    return argument.startsWith("-") && argument.length() > 1;
  }

  private Option find(String name) throws ConfigException {
    Option option = known.get(name);
    if (option != null) {
      return option;
    }
    String hint = DidYouMean.hint(name, known.keySet());
    throw new ConfigException(
        "unknown option '"
            + name
            + "'"
            + (hint.isEmpty() ? "; " + command + " --help lists the options" : hint));
  }

  private void add(Option option, @Nullable String value) throws ConfigException {
    if (option.isFlag() && value != null) {
      throw new ConfigException(option.name() + " takes no value");
    }
    List<String> given = values.computeIfAbsent(option.name(), name -> new ArrayList<>());
    if (!given.isEmpty() && !option.repeats()) {
      throw new ConfigException(option.name() + " is given twice; give it once");
    }
    given.add(value == null ? "" : value);
  }
}
