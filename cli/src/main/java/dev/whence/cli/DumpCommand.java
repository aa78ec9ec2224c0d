package dev.whence.cli;

import dev.whence.cli.config.ConfigException;
import dev.whence.cli.options.Arguments;
import dev.whence.cli.options.Option;
import dev.whence.cli.print.Colours;
import dev.whence.cli.print.PromiseDump;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code whence dump}: a thread dump for promises. */
final class DumpCommand implements Command {
  private final Console console;

  DumpCommand(Console console) {
    this.console = console;
  }

  @Override
  public String name() {
    return "dump";
  }

  @Override
  public String summary() {
    return "Shows every pending promise of a whence that runs, by owner and creation site.";
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
          PromiseDump.describe(new AdminClient(name(), given).get("/api/promises"), colours);
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
