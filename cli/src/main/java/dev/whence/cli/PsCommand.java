package dev.whence.cli;

import dev.whence.cli.config.ConfigException;
import dev.whence.cli.options.Arguments;
import dev.whence.cli.options.Option;
import dev.whence.cli.print.Colours;
import dev.whence.cli.print.InFlightTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * {@code whence ps}: shows what a running whence has in flight, and what each request waits for.
 */
final class PsCommand implements Command {
  private final Console console;

  PsCommand(Console console) {
    this.console = console;
  }

  @Override
  public String name() {
    return "ps";
  }

  @Override
  public String summary() {
    return "Shows the requests in flight of a whence that runs, oldest first.";
  }

  @Override
  public String operands() {
    return "";
  }

  @Override
  public List<Option> options() {
    return AdminClient.OPTIONS;
  }

  @Override
  public int run(Arguments given) throws ConfigException {
    try {
      Colours colours = Colours.of(1, console.environment());
      String text =
          InFlightTable.describe(new AdminClient(name(), given).get("/api/in-flight"), colours);
      console.out().write(text.getBytes(StandardCharsets.UTF_8));
      console.out().flush();
      return ExitCode.DONE;
    } catch (AdminClient.NoAnswerException e) {
      console.complain(String.valueOf(e.getMessage()));
      return ExitCode.FAILED;
    } catch (IOException e) {
      // Nobody reads standard output any more.
      return ExitCode.FAILED;
    }
  }
}
