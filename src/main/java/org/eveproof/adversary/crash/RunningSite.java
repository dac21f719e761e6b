package org.eveproof.adversary.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.eveproof.adversary.crash.SiteReport.Word;

/** A site's process, seen from the campaign. */
final class RunningSite {
  private final Process process;
  private final SiteOrders orders;
  private final Thread reader;

  private RunningSite(Process process, SiteOrders orders, Thread reader) {
    this.process = process;
    this.orders = orders;
    this.reader = reader;
  }

  /**
   * Starts a site.
   *
   * @param command that runs {@link SiteProcess}
   * @param life number of the process among those of this site
   * @param reports gets what it tells, and in the end that it has ended
   */
  static RunningSite start(
      List<String> command, SiteOrders orders, int life, BlockingQueue<SiteReport> reports)
      throws IOException {
    List<String> whole = new ArrayList<>(command);
    whole.addAll(orders.arguments());
    Path errors = Path.of(orders.log() + ".err");
    Process process = new ProcessBuilder(whole).redirectError(errors.toFile()).start();
    Thread reader =
        new Thread(() -> read(process, orders, life, errors, reports), "site-" + orders.self());
    reader.setDaemon(true);
    reader.start();
    return new RunningSite(process, orders, reader);
  }

  private static void read(
      Process process,
      SiteOrders orders,
      int life,
      Path errors,
      BlockingQueue<SiteReport> reports) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int end = line.indexOf(' ');
        reports.add(
            new SiteReport(
                orders.self(),
                life,
                Word.valueOf(line.substring(0, end)),
                line.substring(end + 1)));
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // A kill may cut a line short.
    }
    try {
      int code = process.waitFor();
      String said = Files.exists(errors) ? Files.readString(errors).strip() : "";
      reports.add(new SiteReport(orders.self(), life, Word.ENDED, code + " " + said));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how it is run. */
  SiteOrders orders() {
    return orders;
  }

  /** Tells the site where to stop next. */
  void stopAt(Stop stop) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((stop.encode() + "\n").getBytes(StandardCharsets.US_ASCII));
      in.flush();
    } catch (IOException e) {
      // It has ended, and has told so.
    }
  }

  /** Limits how long its files may get from now on, as far as the system can say so. */
  void limit(int bytes) throws IOException, InterruptedException {
    Process limit =
        new ProcessBuilder(
                "prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":" + bytes)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (limit.waitFor() != 0 && process.isAlive()) {
      throw new IOException("prlimit cannot limit the files of process " + process.pid());
    }
  }

  /** Kills it (SIGKILL), and waits until it is gone and all that it said is told. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    reader.join();
  }
}
