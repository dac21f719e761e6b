package org.eveproof.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.eveproof.delivery.DeliveryEvent;
import org.eveproof.delivery.etsi014.KmeServer.Served;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a KME tells its operator, a line each. No line has a bit of a key in it. Use as a picocli
 * mixin.
 */
final class KmeOutput {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(names = "--json", description = "Print each line as a JSON object.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print alarms only.")
  private boolean quiet;

  @Option(names = "--log-requests", description = "Print a line for each request served.")
  private boolean logRequests;

  /** Prints a line about something that happened. */
  void print(CommandSpec command, String event, Map<String, ?> members) {
    if (!quiet) {
      write(command, event, members);
    }
  }

  /** Prints text for people. */
  void text(CommandSpec command, String text) {
    if (!quiet && !json) {
      PrintWriter out = command.commandLine().getOut();
      out.println(text);
      out.flush();
    }
  }

  /** Prints a line about something at a site. */
  void event(CommandSpec command, String site, DeliveryEvent event) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("site", site);
    if (event instanceof DeliveryEvent.BlockTaken taken) {
      if (!quiet) {
        members.put("block", taken.block().toString());
        members.put("half_bytes", taken.halfBytes());
        write(command, "block taken in", members);
      }
    } else {
      members.put("what", event.toString());
      write(command, "alarm", members);
    }
  }

  /** Prints a line about a request, if that is wanted. */
  void served(CommandSpec command, String site, Served served) {
    if (logRequests) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("site", site);
      members.put("sae", served.caller().map(Object::toString).orElse("-"));
      members.put("method", served.method());
      members.put("path", served.path());
      members.put("status", served.status());
      write(command, "request", members);
    }
  }

  private void write(CommandSpec command, String event, Map<String, ?> members) {
    PrintWriter out = command.commandLine().getOut();
    String line;
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("event", event);
      all.putAll(members);
      line = JSON.writeValueAsString(all);
    } else {
      line =
          event
              + members.entrySet().stream()
                  .map(each -> "  " + each.getKey() + "=" + printable(each.getValue()))
                  .collect(Collectors.joining());
    }
    synchronized (this) {
      out.println(line);
      out.flush();
    }
  }

  /** A path comes from outside: it must not forge a line. */
  private static String printable(Object value) {
    return String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
  }
}
