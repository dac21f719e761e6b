package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eveproof.bootstrap.CertifiedKeys;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.bootstrap.ProvisionedKey;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Party;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What a device's trust in its peer rests on. Use as a picocli mixin. */
final class AnchorOptions {
  /** The kinds of trust anchor. */
  enum Anchor {
    /** A pre-shared key. */
    PSK,
    /** Certificates under configured authorities. */
    PKI,
    /** OpenPGP certificates that introducers vouch for. */
    PGP
  }

  @Option(
      names = "--anchor",
      defaultValue = "psk",
      paramLabel = "ANCHOR",
      description =
          "What trust rests on: psk (a key that both ends have, --psk), pki (certificates:"
              + " --credential, --root, --crl or --ocsp), or pgp (a web of trust: --credential with"
              + " gpg's secret key, --keyring, --ownertrust). Default: ${DEFAULT-VALUE}.")
  private Anchor anchor = Anchor.PSK;

  @Option(
      names = "--psk",
      paramLabel = "FILE",
      description =
          "Pre-shared key (see 'eveproof psk'). It serves one start: FILE.spent notes when it is"
              + " spent.")
  private @Nullable Path psk;

  @Mixin private CredentialOptions credential = new CredentialOptions();
  @Mixin private PkiAnchorOptions authorities = new PkiAnchorOptions();
  @Mixin private PgpAnchorOptions introducers = new PgpAnchorOptions();

  @Option(
      names = "--suite",
      split = ",",
      paramLabel = "EXCHANGE",
      converter = EstablishmentName.class,
      description =
          "With certificates: how the first authentication keys may be made, one or more of"
              + " x25519, ml-kem-768, hybrid; the ends use the strongest that both allow. Default:"
              + " hybrid, and nothing less.")
  private List<KeyEstablishment> establishments = new ArrayList<>();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of this device. Default: alice or bob.")
  private @Nullable String name;

  @Option(
      names = "--peer",
      paramLabel = "NAME",
      description = "Name of the device at the other end. Default: bob or alice.")
  private @Nullable String peer;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  private Optional<Spending> spending = Optional.empty();

  /** How what trust rests on is noted as spent. */
  private interface Spending {
    void note() throws IOException;
  }

  /** Reads the name of a way to make the first keys. */
  static final class EstablishmentName implements ITypeConverter<KeyEstablishment> {
    @Override
    public KeyEstablishment convert(String text) {
      return KeyEstablishment.ofLabel(text)
          .filter(known -> known != KeyEstablishment.NONE)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + text
                          + "' is none of "
                          + Arrays.stream(KeyEstablishment.values())
                              .filter(known -> known != KeyEstablishment.NONE)
                              .map(KeyEstablishment::label)
                              .collect(Collectors.joining(", "))));
    }
  }

  /** Returns the name of this device. */
  DeviceName self(Party party) {
    return named("--name", name, party);
  }

  /** Returns the name of the device at the other end. */
  DeviceName peer(Party party) {
    return named("--peer", peer, party.peer());
  }

  private static DeviceName named(String option, @Nullable String given, Party otherwise) {
    if (given == null) {
      return LinkOptions.nameOf(otherwise);
    }
    if (!DeviceName.isName(given)) {
      throw new BadInput(
          option + "=" + given + " is no device name: 1 to 64 of a-z 0-9 - . are allowed");
    }
    return new DeviceName(given);
  }

  /**
   * Refuses what is said of another anchor: who names an authority means to be protected by it.
   *
   * @throws BadInput if there is any
   */
  private void refuseOptionsOfOtherAnchors() {
    GivenOptions given = GivenOptions.of(command);
    if (anchor == Anchor.PSK) {
      refuseAll(given, credential);
    } else {
      given.refuse("--psk", "says nothing with --anchor=" + word() + "; leave one of them out");
    }
    if (anchor != Anchor.PKI) {
      refuseAll(given, authorities);
    }
    if (anchor != Anchor.PGP) {
      refuseAll(given, introducers);
    }
  }

  private void refuseAll(GivenOptions given, Object mixin) {
    CommandSpec.forAnnotatedObject(mixin)
        .options()
        .forEach(
            option ->
                given.refuse(
                    option.longestName(),
                    "says nothing with --anchor="
                        + word()
                        + "; leave it out, or name the anchor that it belongs to"));
  }

  private String word() {
    return anchor.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns how the first keys may be made.
   *
   * @throws BadInput if that does not go with the anchor, or another option does not
   */
  Set<KeyEstablishment> establishments() {
    refuseOptionsOfOtherAnchors();
    if (anchor == Anchor.PSK) {
      if (!establishments.isEmpty()) {
        throw new BadInput(
            "--suite is for certificates; the first keys come from the pre-shared key here");
      }
      return Set.of(KeyEstablishment.NONE);
    }
    return establishments.isEmpty()
        ? Set.of(KeyEstablishment.HYBRID)
        : EnumSet.copyOf(establishments);
  }

  /**
   * Returns what the device trusts and proves itself with; the caller closes it.
   *
   * @throws BadInput if an option is missing or a file is not what it should be
   */
  TrustAnchor anchor(Party self) throws IOException {
    switch (anchor) {
      case PSK:
        Path file = psk;
        if (file == null) {
          throw new BadInput("--anchor=psk needs the key: name its file with --psk");
        }
        return preshared(self, file);
      case PKI:
        return new CertifiedKeys(credential.read(), authorities.authorities());
      case PGP:
        return new CertifiedKeys(credential.readOpenPgp(), introducers.webOfTrust());
    }
    throw new AssertionError(anchor);
  }

  private TrustAnchor preshared(Party self, Path file) throws IOException {
    ProvisionedKey provisioned = LinkOptions.readKey(file);
    SpentPresharedKeys spent = new SpentPresharedKeys(file);
    try {
      if (!provisioned.ends().include(self)) {
        throw new BadInput(
            file
                + " is for the end of "
                + provisioned.ends().label()
                + ", and this is "
                + self.specName()
                + ": bring each end its own copy");
      }
      spent.refuseIfSpent(self, provisioned);
      PresharedKeys anchor = LinkOptions.preshared(self(self), peer(self), provisioned.key());
      spending = Optional.of(() -> spent.note(self, provisioned));
      return anchor;
    } catch (BadInput | IOException refused) {
      provisioned.close();
      throw refused;
    }
  }

  /**
   * Notes that what trust rests on is spent, if it serves once. When this returns, the note is on
   * the disk; before that, nothing made from it may be used.
   */
  void spend() throws IOException {
    if (spending.isPresent()) {
      spending.get().note();
    }
  }

  /**
   * Makes up for a note that a crash has prevented: the link rests on keys of its own, so that what
   * trust rested on is spent.
   */
  void spendUnlessNoted(Party self) throws IOException {
    Path file = psk;
    if (anchor == Anchor.PSK && file != null && Files.exists(file)) {
      try (ProvisionedKey provisioned = LinkOptions.readKey(file)) {
        SpentPresharedKeys spent = new SpentPresharedKeys(file);
        if (provisioned.ends().include(self) && !spent.endsThatSpent(provisioned).contains(self)) {
          spent.note(self, provisioned);
        }
      }
    }
  }
}
