package org.eveproof.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Runs checks, one more at a time than there are processors: a third of a short run of TLC is
 * waiting, most of it for its virtual machine to end.
 */
public final class Checks {
  private Checks() {}

  /**
   * Runs all checks.
   *
   * @param checks what to do
   * @param progress told each finding as it is made, one at a time
   * @return the findings, in the order of the checks
   * @throws IOException if the environment fails
   * @throws InterruptedException if told to stop; running checks are stopped too
   */
  public static List<Finding> run(List<Check> checks, Consumer<Finding> progress)
      throws IOException, InterruptedException {
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors() + 1);
    try {
      List<Future<Finding>> running = new ArrayList<>();
      for (Check check : checks) {
        running.add(
            workers.submit(
                () -> {
                  Finding finding = check.run();
                  synchronized (progress) {
                    progress.accept(finding);
                  }
                  return finding;
                }));
      }
      List<Finding> findings = new ArrayList<>();
      for (Future<Finding> each : running) {
        findings.add(each.get());
      }
      return findings;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException environment) {
        throw environment;
      }
      throw new IllegalStateException(failed.getCause());
    } finally {
      workers.shutdownNow();
    }
  }
}
