package dev.whence.cli;

import dev.whence.cli.config.ConfigException;
import dev.whence.cli.options.Arguments;
import dev.whence.cli.options.Option;
import dev.whence.cli.print.Colours;
import dev.whence.cli.print.StartError;
import dev.whence.cli.watch.ReadFiles;
import dev.whence.explore.Explorer;
import dev.whence.explore.MissingStubException;
import dev.whence.explore.Plan;
import dev.whence.explore.Report;
import dev.whence.explore.Statistics;
import dev.whence.explore.Token;
import dev.whence.runtime.WorkerStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code whence explore}: finds the schedules of a few requests under which a worker fails. */
final class ExploreCommand implements Command {
  /** Options of serving that mean nothing here. */
  private static final Set<String> OF_SERVERS =
      Set.of("--port", "--host", "--admin-port", "--log-format");

  private final Console console;

  ExploreCommand(Console console) {
    this.console = console;
  }

  @Override
  public String name() {
    return "explore";
  }

  @Override
  public String summary() {
    return "Finds the schedules of a few requests under which a worker hangs or answers wrongly.";
  }

  @Override
  public List<Option> options() {
    List<Option> options = new ArrayList<>(ExploreArguments.OPTIONS);
    for (Option option : WorkerArguments.OPTIONS) {
      if (!OF_SERVERS.contains(option.name())) {
        options.add(option);
      }
    }
    return options;
  }

  @Override
  public int run(Arguments given) throws ConfigException {
    ExploreArguments arguments = new ExploreArguments(given);
    ExploreArguments.Format format = arguments.format();
    Token token = arguments.replay();
    WorkerPlan worker =
        WorkerPlan.make(
            new WorkerArguments(given, WorkerArguments.Audience.AUTHOR),
            WorkerPlan.TerminalLogs.NONE,
            new ReadFiles());
    worker.warnings().forEach(console::warn);
    Plan plan = arguments.plan(worker, token);
    if (token != null && !token.check().equals(plan.check())) {
      console.warn("the files or options are not those that this token was made with");
    }
    Progress progress = new Progress(console, arguments);
    try {
      Report report =
          token == null ? Explorer.explore(plan, progress::goOn) : Explorer.replay(plan, token);
      progress.erase();
      ExplorePrinter printer =
          new ExplorePrinter(console, plan, options(), given, worker.source().entry());
      printer.print(report, format, progress.millis());
      return report.findings().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    } catch (MissingStubException e) {
      progress.erase();
      console.complain(String.valueOf(e.getMessage()));
      return ExitCode.USAGE;
    } catch (WorkerStartException e) {
      progress.erase();
      Colours colours = Colours.of(2, console.environment());
      console.say(StartError.describe(e, worker.source(), colours));
      return ExitCode.USAGE;
    } catch (UncheckedIOException e) {
      progress.erase();
      Throwable reason = e.getCause();
      console.complain(e.getMessage() + (reason == null ? "" : ": " + reason.getMessage()));
      return ExitCode.USAGE;
    } catch (IOException e) {
      console.complain("cannot write the result: " + e.getMessage());
      return ExitCode.USAGE;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the exploration in time, and shows on a terminal how it goes. Thread: the explorer's. */
  private static final class Progress {
    private static final long SHOWN_EVERY_MILLIS = 150;

    private final Console console;
    private final int schedules;
    private final @Nullable Long mostMillis;
    private final boolean isShown;
    private final long startNanos = System.nanoTime();
    private long shownMillis;
    private int shownLength;

    Progress(Console console, ExploreArguments arguments) throws ConfigException {
      this.console = console;
      this.schedules = arguments.schedules();
      this.mostMillis = arguments.millis();
      this.isShown =
          Colours.of(2, console.environment()) == Colours.ON
              && !console.environment().containsKey("FORCE_COLOR");
    }

    boolean goOn(Statistics statistics) {
      long now = millis();
      if (isShown && now - shownMillis >= SHOWN_EVERY_MILLIS) {
        shownMillis = now;
        show(
            "%d schedules, %d/s, %d distinct, %d found"
                .formatted(
                    statistics.schedules(),
                    statistics.schedules() * 1000L / Math.max(1, now),
                    statistics.distinct(),
                    statistics.findings()));
      }
      Long most = mostMillis;
      return statistics.schedules() < schedules && (most == null || now < most);
    }

    private void show(String line) {
      String padding = " ".repeat(Math.max(0, shownLength - line.length()));
      console.err().print("\r" + line + padding);
      console.err().flush();
      shownLength = line.length();
    }

    void erase() {
      if (shownLength > 0) {
        console.err().print("\r" + " ".repeat(shownLength) + "\r");
        console.err().flush();
        shownLength = 0;
      }
    }

    long millis() {
      return (System.nanoTime() - startNanos) / 1_000_000;
    }
  }
}
