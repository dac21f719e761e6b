package org.eveproof.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eveproof.session.LinkEffect;
import org.eveproof.session.RoundReport;
import tools.jackson.databind.json.JsonMapper;

/** The view for machines: one JSON object in each line. */
final class LinkJson extends LinkView {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  LinkJson(PrintWriter out, LinkStatus status) {
    super(out, status);
  }

  @Override
  void started(int port) {
    Map<String, Object> line = event("started");
    line.put("port", port);
    line.put("warning", WARNING);
    print(line);
  }

  @Override
  void happened(LinkEffect effect) {
    if (effect instanceof LinkEffect.RoundOver over) {
      print(round(over.report()));
    } else if (effect instanceof LinkEffect.Reunited met) {
      Map<String, Object> line = event("met");
      line.put("bootstrapped", met.bootstrapped());
      print(line);
    } else if (effect instanceof LinkEffect.Interrupted interrupted) {
      Map<String, Object> line = event("interrupted");
      line.put("why", interrupted.why());
      print(line);
    } else if (effect instanceof LinkEffect.OutOfStep apart) {
      Map<String, Object> line = event("out of step");
      line.put("alarm", true);
      line.put("why", apart.why());
      print(line);
    } else if (effect instanceof LinkEffect.Reserve reserve) {
      Map<String, Object> line = event("reserve");
      line.put("alarm", LinkStatus.isAlarm(reserve));
      print(line);
    } else if (effect instanceof LinkEffect.KeyNotGrowing shrinking) {
      Map<String, Object> line = event("key not growing");
      line.put("alarm", true);
      line.put("secretBits", shrinking.report().secretBits());
      print(line);
    }
  }

  private Map<String, Object> round(RoundReport report) {
    Map<String, Object> line = event("round");
    line.put("round", report.round() + 1);
    line.put("outcome", report.outcome().label());
    line.put("reason", report.why());
    line.put("siftedBits", report.sifted());
    line.put("qber", report.qber());
    line.put("leakedBits", report.leaked());
    line.put("secretBits", report.secretBits());
    line.put("authenticationBits", report.authenticationBits());
    line.put("netBits", report.netBits());
    line.put("applicationBits", report.applicationBits());
    line.put("oneTimeKeysPerDirection", report.newKeys());
    report.limits().ifPresent(seen -> line.put(LimitLines.name(seen), LimitLines.json(seen)));
    line.put("epsilon", EpsilonLines.json(report.epsilon()));
    line.put("bitsPerSecond", Math.round(status.rate()));
    return line;
  }

  @Override
  void alarmed(String alarm) {
    Map<String, Object> line = event("keys");
    line.put("alarm", true);
    line.put("why", alarm);
    print(line);
  }

  @Override
  void ended(Optional<String> failure) {
    Map<String, Object> line = event("stopped");
    line.put("held", failure.isEmpty());
    line.put("roundsWithKey", status.made());
    line.put("roundsWithout", status.failed());
    line.put("applicationBits", status.bits());
    line.put("why", failure.orElse(""));
    print(line);
  }

  /** Begins a line with what every line has: what happened, and where the ledger stands. */
  private Map<String, Object> event(String name) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", name);
    line.put("site", status.site.specName());
    status
        .ledger()
        .ifPresent(
            ledger -> {
              line.put("epoch", ledger.epoch());
              line.put("block", ledger.current());
              line.put("keysLeft", ledger.ordinaryKeysLeft());
              line.put("reserve", ledger.level().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            });
    return line;
  }

  private void print(Map<String, Object> line) {
    out.println(MAPPER.writeValueAsString(line));
  }
}
