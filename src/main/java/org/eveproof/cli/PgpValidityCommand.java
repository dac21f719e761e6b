package org.eveproof.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.openpgp.KeyValidity;
import org.eveproof.bootstrap.openpgp.Validity;
import org.eveproof.bootstrap.pki.OneLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Computes the validity of keys. */
@Command(
    name = "validity",
    mixinStandardHelpOptions = true,
    description =
        "Computes the validity of every key and user id by GnuPG's rule. With --key or --name it"
            + " answers for one.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:computed; with --key or --name: valid",
      "1:with --key or --name: not valid",
      "2:the call is wrong, or a file cannot be read as what it should be",
      "3:the environment failed"
    })
final class PgpValidityCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "0..1")
  private @Nullable Which which;

  /** Names what to answer for. */
  static final class Which {
    @Option(names = "--key", paramLabel = "FPR", description = "The fingerprint of a key.")
    private @Nullable String key;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "The name of a device: is any user id that names it valid?")
    private @Nullable String name;
  }

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description = "The time to judge at, such as 2026-01-01T00:00:00Z. Default: now.")
  private @Nullable Instant at;

  @Mixin private PgpAnchorOptions anchor = new PgpAnchorOptions();
  @Mixin private PkiOutput output = new PkiOutput();
  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    List<KeyValidity> keys =
        KeyValidity.of(
            anchor.keyring(),
            anchor.ownertrusts(),
            anchor.options(),
            at == null ? Instant.now() : at);
    Which one = which;
    if (one == null) {
      output.print(
          command,
          String.join("\n", keys.stream().map(PgpValidityCommand::text).toList()),
          Map.of("keys", keys.stream().map(PgpValidityCommand::document).toList()));
      return ExitCodes.HELD;
    }
    return one.key == null ? answerName(keys, String.valueOf(one.name)) : answerKey(keys, one.key);
  }

  private int answerKey(List<KeyValidity> keys, String fingerprint) {
    String wanted = fingerprint.replace(" ", "").toUpperCase(Locale.ROOT);
    if (!wanted.matches("[0-9A-F]{40}")) {
      throw new BadInput(
          "--key=" + fingerprint + " is no fingerprint: 40 hexadecimal digits are expected");
    }
    return keys.stream()
        .filter(key -> key.fingerprint().equals(wanted))
        .findFirst()
        .map(key -> answer(key.validity(), text(key), document(key)))
        .orElseGet(() -> none("there is no key " + wanted + " in the keyring"));
  }

  private int answerName(List<KeyValidity> keys, String name) {
    if (!DeviceName.isName(name)) {
      throw new BadInput(
          "--name=" + name + " is no device name: 1 to 64 of a-z 0-9 - . are allowed");
    }
    DeviceName device = new DeviceName(name);
    List<KeyValidity> naming = new ArrayList<>();
    for (KeyValidity key : keys) {
      List<KeyValidity.OfUserId> ids =
          key.userIds().stream().filter(id -> id.names(device)).toList();
      if (!ids.isEmpty()) {
        naming.add(
            new KeyValidity(key.fingerprint(), key.ownertrust(), key.validity(), key.why(), ids));
      }
    }
    if (naming.isEmpty()) {
      return none("no user id in the keyring names " + name);
    }
    KeyValidity best =
        naming.stream().filter(key -> valid(key).isValid()).findFirst().orElse(naming.get(0));
    return answer(valid(best), text(best), document(best));
  }

  /** Returns the validity of the first valid user id that is left, or of the first one at all. */
  private static Validity valid(KeyValidity key) {
    return key.userIds().stream()
        .map(KeyValidity.OfUserId::validity)
        .filter(Validity::isValid)
        .findFirst()
        .orElse(key.userIds().get(0).validity());
  }

  private int answer(Validity validity, String text, Map<String, Object> key) {
    output.print(
        command,
        (validity.isValid() ? "valid: " : "not valid: ") + text,
        Map.of("valid", validity.isValid(), "key", key));
    return validity.isValid() ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }

  private int none(String why) {
    output.print(command, "not valid: " + why, Map.of("valid", false, "why", why));
    return ExitCodes.VIOLATED;
  }

  private static String text(KeyValidity key) {
    StringBuilder text =
        new StringBuilder(key.fingerprint())
            .append(": ")
            .append(key.validity().words())
            .append(": ")
            .append(key.why());
    for (KeyValidity.OfUserId id : key.userIds()) {
      text.append("\n  ")
          .append(OneLine.of(id.text()))
          .append(": ")
          .append(id.validity().words())
          .append(": ")
          .append(id.why());
    }
    return text.toString();
  }

  private static Map<String, Object> document(KeyValidity key) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("fingerprint", key.fingerprint());
    document.put("ownertrust", key.ownertrust().words());
    document.put("validity", key.validity().words());
    document.put("letter", String.valueOf(key.validity().letter()));
    document.put("why", key.why());
    document.put(
        "userIds",
        key.userIds().stream()
            .map(
                id ->
                    Map.of(
                        "userId", OneLine.of(id.text()),
                        "validity", id.validity().words(),
                        "letter", String.valueOf(id.validity().letter()),
                        "why", id.why()))
            .toList());
    return document;
  }
}
