package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.bootstrap.ProvisionedKey;
import org.eveproof.bootstrap.PskFile;
import org.eveproof.bootstrap.PskFileException;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.session.LinkParty;
import org.eveproof.session.LinkSettings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that runs a link. Use as a picocli mixin. */
final class LinkOptions {
  /** As many exchanges as anybody can ask for. */
  static final int MAX_ROUNDS = 1_000_000_000;

  @Option(
      names = "--rounds",
      defaultValue = "2",
      paramLabel = "N",
      description = "Number of exchanges; each makes one key. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Mixin private OpticsOptions optics = new OpticsOptions();

  @Option(
      names = {"--mac", "--auth"},
      split = ",",
      defaultValue = "wegman-carter",
      paramLabel = "SUITE",
      converter = SuiteName.class,
      description =
          "How messages may be authenticated, one or more of wegman-carter,"
              + " wegman-carter-recycled, hmac-sha-512, hmac-sha-256, gmac, and with certificates"
              + " signature; the ends use the strongest that both allow. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<Suite> suites = new ArrayList<>();

  @Option(
      names = "--reconcile",
      defaultValue = "cascade",
      paramLabel = "METHOD",
      description =
          "How errors are corrected: 'cascade', or 'ldpc' with syndromes in one to three messages,"
              + " which saves one-time keys and discloses more. Keys that are too short for ldpc (32768"
              + " bits), or whose error rate is outside 0.5 to 11 percent, go by Cascade."
              + " Default: ${DEFAULT-VALUE}.")
  private Method method = Method.CASCADE;

  @Option(
      names = "--sample",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      description =
          "Share of the sifted bits to compare in public; for single photons only, since with"
              + " --light weak it is all of one basis. Default: ${DEFAULT-VALUE}.")
  private double sample;

  @Option(
      names = "--error-limit",
      defaultValue = "0.05",
      paramLabel = "Q",
      description = "Greatest tolerated error rate of the sample. Default: ${DEFAULT-VALUE}.")
  private double errorLimit;

  @Option(
      names = "--eps-sec",
      defaultValue = "1e-10",
      paramLabel = "E",
      description = "Secrecy parameter of each key. Default: ${DEFAULT-VALUE}.")
  private double secrecyEpsilon;

  @Option(
      names = "--eps-cor",
      defaultValue = "1e-15",
      paramLabel = "E",
      description = "Correctness parameter of each key. Default: ${DEFAULT-VALUE}.")
  private double correctnessEpsilon;

  @Option(
      names = "--refill",
      defaultValue = "256",
      paramLabel = "N",
      description =
          "Least number of one-time keys, each direction, that a round gives back to authentication"
              + " if its key is long enough; 0 for none. Default: ${DEFAULT-VALUE}.")
  private int refill;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  /** How errors are corrected. */
  private enum Method {
    CASCADE,
    LDPC
  }

  /** Reads the name of a suite. */
  static final class SuiteName implements ITypeConverter<Suite> {
    @Override
    public Suite convert(String text) {
      return Suite.ofLabel(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + text
                          + "' is none of "
                          + Arrays.stream(Suite.values())
                              .map(Suite::label)
                              .collect(Collectors.joining(", "))));
    }
  }

  /**
   * Returns the settings of a link between ends that share a key.
   *
   * @throws BadInput if an option is out of range
   */
  LinkSettings settings() {
    if (suites.contains(Suite.SIGNATURE)) {
      throw new BadInput("--mac=signature needs certificates; a pre-shared key signs nothing");
    }
    return settings(Set.of(KeyEstablishment.NONE));
  }

  /**
   * Returns the settings of the link.
   *
   * @param establishments how the first keys may be made
   * @throws BadInput if an option is out of range
   */
  LinkSettings settings(Set<KeyEstablishment> establishments) {
    require("--rounds", rounds, 1, MAX_ROUNDS);
    optics.check(command);
    if (optics.isWeak()) {
      GivenOptions.of(command)
          .refuse(
              "--sample",
              "says nothing with --light=weak, of which all bits of one basis are compared (see"
                  + " --key-basis); leave it out, or choose --light=single");
    }
    require("--sample", sample, 1e-6, 1 - 1e-6);
    require("--error-limit", errorLimit, 0, 0.5);
    require("--eps-sec", secrecyEpsilon, 1e-300, 0.999);
    require("--eps-cor", correctnessEpsilon, 1e-30, 0.999);
    require("--refill", refill, 0, 1 << 16);
    LinkSettings settings = settings(establishments, optics.pulses());
    if (optics.isWeak() && !settings.promisesKey()) {
      throw new BadInput(
          "--light=weak promises no key of "
              + optics.pulses()
              + " pulses with these options; "
              + LongStream.iterate(
                      2L * optics.pulses(),
                      more -> more < 2L * OpticsOptions.MAX_PULSES,
                      more -> 2 * more)
                  .mapToInt(more -> (int) Math.min(more, OpticsOptions.MAX_PULSES))
                  .filter(more -> settings(establishments, more).promisesKey())
                  .mapToObj(more -> "--pulses=" + more + " would do")
                  .findFirst()
                  .orElse(
                      "no number of --pulses would do: less --loss, --dark, --misalignment,"
                          + " --dead-time or --afterpulses is needed, or a greater --error-limit")
              + "; 'eveproof keyrate' finds the best --mu, --share and --key-basis");
    }
    return settings;
  }

  private LinkSettings settings(Set<KeyEstablishment> establishments, int ofPulses) {
    return new LinkSettings(
        new Methods(establishments, Set.copyOf(suites)),
        rounds,
        optics.link(ofPulses),
        method == Method.LDPC,
        sample,
        errorLimit,
        secrecyEpsilon,
        correctnessEpsilon,
        refill);
  }

  /**
   * Returns how the messages of a link that outlives its processes are authenticated.
   *
   * @throws BadInput if there is a choice, which a ledger that is opened again would not know of,
   *     or if it is no use of one-time keys
   */
  Suite standingSuite() {
    if (suites.size() != 1 || suites.get(0) == Suite.SIGNATURE) {
      throw new BadInput(
          "--mac: a standing link authenticates by one suite of one-time keys, such as"
              + " --mac=wegman-carter, the same at both ends");
    }
    return suites.get(0);
  }

  /**
   * Returns who is on the fibre, which Alice's end simulates.
   *
   * @param end that the call is for
   * @throws BadInput if an option is out of range, or speaks of Eve at Bob's end
   */
  FibreEve eve(Party end) {
    return optics.eve(end, command);
  }

  /** Returns the chance of the simulated physics. */
  static Chance physics(OptionalLong seed) {
    return Chance.drivenBy(generator(seed));
  }

  private static RandomGenerator generator(OptionalLong seed) {
    RandomGeneratorFactory<RandomGenerator> factory = RandomGeneratorFactory.of("L64X128MixRandom");
    return seed.isPresent() ? factory.create(seed.getAsLong()) : factory.create();
  }

  /** Returns a party's source of secrets: the system's, unless a seed makes it a simulation. */
  static SecretRandom secrets(OptionalLong seed, Party party) {
    if (seed.isEmpty()) {
      return SecretRandom.secure();
    }
    RandomGenerator root = generator(seed);
    long alice = root.nextLong();
    long bob = root.nextLong();
    return SecretRandom.simulated(generator(OptionalLong.of(party == Party.ALICE ? alice : bob)));
  }

  /**
   * Reads a pre-shared key.
   *
   * @throws BadInput if the file is no usable key
   */
  static ProvisionedKey readKey(Path file) throws IOException {
    try {
      return PskFile.read(file);
    } catch (PskFileException refused) {
      throw new BadInput(file + ": " + refused.getMessage());
    }
  }

  /** Reads a pre-shared key that was just encoded. */
  static ProvisionedKey parse(byte[] encoded) {
    try {
      return PskFile.parse(encoded);
    } catch (PskFileException refused) {
      throw new AssertionError("a key that was just written", refused);
    }
  }

  /**
   * Prepares one end of a link between 'alice' and 'bob' who share a key.
   *
   * @param key becomes this end's own
   * @throws BadInput if the key is not for the devices of Alice and Bob
   */
  static LinkParty party(Party self, LinkSettings settings, PresharedKey key, OptionalLong seed) {
    return new LinkParty(
        self,
        settings,
        preshared(nameOf(self), nameOf(self.peer()), key),
        nameOf(self),
        nameOf(self.peer()),
        InstantSource.system(),
        secrets(seed, self));
  }

  /**
   * Returns the trust anchor of a device that shares a key with its peer.
   *
   * @param key becomes this end's own
   * @throws BadInput if the key is not for these two
   */
  static PresharedKeys preshared(DeviceName self, DeviceName peer, PresharedKey key) {
    if (!key.credential().isBetween(self, peer)) {
      throw new BadInput("the pre-shared key is not one of '" + self + "' and '" + peer + "'");
    }
    PresharedKeys keys = new PresharedKeys(self);
    keys.enrol(key);
    return keys;
  }

  /**
   * Makes a pre-shared key.
   *
   * @param alice name of Alice's device
   * @param bob name of Bob's device, another one
   */
  static PresharedKey newKey(
      SecretRandom random, DeviceName alice, DeviceName bob, Instant from, int days) {
    CredentialId id = CredentialId.of(random.publicBits(Byte.SIZE * CredentialId.BYTES).toBytes());
    Instant start = from.truncatedTo(ChronoUnit.SECONDS);
    try (SecretBits secret = random.secretBits(PresharedKey.LEAST_BITS)) {
      return new PresharedKey(
          new Credential(
              id,
              alice,
              bob,
              Credential.Purpose.AUTHENTICATION,
              Credential.Origin.COURIER,
              start,
              start.plus(days, ChronoUnit.DAYS)),
          secret);
    }
  }

  /** Returns the name that the device of a party is enrolled under. */
  static DeviceName nameOf(Party party) {
    return new DeviceName(party.specName());
  }

  static void require(String option, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new BadInput(
          String.format(Locale.ROOT, "%s=%s must lie from %s to %s", option, value, low, high));
    }
  }
}
