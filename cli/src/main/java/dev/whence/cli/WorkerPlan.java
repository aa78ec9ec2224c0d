package dev.whence.cli;

import dev.whence.cli.config.ConfigException;
import dev.whence.cli.config.DevVars;
import dev.whence.cli.config.LimitName;
import dev.whence.cli.config.Project;
import dev.whence.cli.config.WranglerConfig;
import dev.whence.cli.watch.ReadFiles;
import dev.whence.runtime.WorkerOptions;
import dev.whence.runtime.WorkerSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed to start a worker: the command line and the project's files put together, the
 * command line ahead.
 *
 * <p>Thread: any (immutable).
 *
 * @param source the script and its modules
 * @param root the folder of the modules
 * @param warnings a line each
 */
record WorkerPlan(WorkerSource source, WorkerOptions options, Path root, List<String> warnings) {

  /** How the terminal wants the worker's log lines. */
  enum TerminalLogs {
    NONE,
    PLAIN,
    COLOURED
  }

  /**
   * Reads the project's files.
   *
   * @param files notes every file that is read or looked for, now and by the worker later, also
   *     when this fails
   */
  static WorkerPlan make(WorkerArguments arguments, TerminalLogs logs, ReadFiles files)
      throws ConfigException {
    String entry = arguments.entry();
    Project project = Project.open(entry, arguments.environment(), files::note);
    List<Path> secrets = DevVars.candidates(project.folder(), arguments.environment());
    secrets.forEach(files::note);

    List<String> warnings = new ArrayList<>(project.warnings());
    WorkerOptions options = options(arguments, project, DevVars.read(secrets), logs);
    warnIfInFuture(options.compatibilityDate(), warnings);
    Path root = project.moduleRoot();
    return new WorkerPlan(source(root, project.script(), files), options, root, warnings);
  }

  private static WorkerSource source(Path root, Path script, ReadFiles files)
      throws ConfigException {
    try {
      WorkerSource source = WorkerSource.files(root, script);
      return new WorkerSource(source.entry(), files.noting(root, source.modules()));
    } catch (IOException e) {
      throw new ConfigException("cannot read " + script + ": " + e.getMessage(), e);
    }
  }

  private static WorkerOptions options(
      WorkerArguments arguments, Project project, Map<String, String> secrets, TerminalLogs logs)
      throws ConfigException {
    WranglerConfig config = project.config();
    Map<String, Object> bindings = new LinkedHashMap<>();
    List<String> flags = new ArrayList<>();
    Map<LimitName, Integer> limits = new EnumMap<>(LimitName.class);
    String name = null;
    String date = arguments.compatibilityDate();
    if (config != null) {
      bindings.putAll(config.vars());
      flags.addAll(config.compatibilityFlags());
      limits.putAll(config.limits());
      name = config.name();
      date = date == null ? config.compatibilityDate() : date;
    }
    bindings.putAll(secrets);
    bindings.putAll(arguments.vars());
    flags.addAll(arguments.compatibilityFlags());
    limits.putAll(arguments.limits());
    return new WorkerOptions(
        name == null ? project.defaultName() : name,
        bindings,
        date,
        flags.stream().distinct().toList(),
        arguments.crossRequest(),
        arguments.preciseClock(),
        logs != TerminalLogs.NONE,
        logs == TerminalLogs.COLOURED,
        arguments.provenance(),
        arguments.forAuthor(),
        LimitName.toLimits(limits));
  }

  private static void warnIfInFuture(@Nullable String date, List<String> warnings) {
    if (date != null && LocalDate.parse(date).isAfter(LocalDate.now(ZoneOffset.UTC))) {
      warnings.add(
          "compatibility date " + date + " is in the future; the newest behaviour known is used");
    }
  }
}
