package org.eveproof.bootstrap.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/** Both ends get one secret from an exchange, and nobody who sees anything else does. */
class ExchangeProperties {
  private static final byte[] CONTEXT = {1, 2, 3};

  private static SecretRandom random(long seed) {
    return SecretRandom.simulated(new SplittableRandom(seed));
  }

  @Provide
  Arbitrary<KeyEstablishment> exchanges() {
    return Arbitraries.of(
        KeyEstablishment.X25519, KeyEstablishment.ML_KEM_768, KeyEstablishment.HYBRID);
  }

  @Property(tries = 60)
  void bothEndsGetOneSecret(
      @ForAll("exchanges") KeyEstablishment chosen, @ForAll long alice, @ForAll long bob) {
    try (ExchangeCaller caller = ExchangeCaller.begin(Set.of(chosen), random(alice));
        ExchangeSecrets atBob = answer(chosen, caller.share(), bob).secrets();
        ExchangeSecrets atAlice =
            caller.finish(chosen, answer(chosen, caller.share(), bob).share()).orElseThrow()) {
      assertThat(atAlice.combine(CONTEXT).sameAs(atBob.combine(CONTEXT))).isTrue();
      assertThat(atAlice.combine(CONTEXT).sameAs(atBob.combine(new byte[] {1, 2}))).isFalse();
    }
  }

  @Property(tries = 200)
  void aChangedShareGivesNoSecretOrAnother(
      @ForAll("exchanges") KeyEstablishment chosen, @ForAll long seed, @ForAll int position) {
    try (ExchangeCaller caller = ExchangeCaller.begin(Set.of(chosen), random(seed))) {
      ExchangeAnswer answer = answer(chosen, caller.share(), seed + 1);
      SecretBits right = answer.secrets().combine(CONTEXT);
      Bits changedAnswer = flipped(answer.share(), position);
      caller
          .finish(chosen, changedAnswer)
          .ifPresent(other -> assertThat(other.combine(CONTEXT).sameAs(right)).isFalse());
      Bits changedCall = flipped(caller.share(), position);
      ExchangeAnswer.to(chosen, Set.of(chosen), changedCall, random(seed + 1))
          .ifPresent(
              other ->
                  caller
                      .finish(chosen, other.share())
                      .ifPresent(
                          own ->
                              assertThat(
                                      own.combine(CONTEXT).sameAs(other.secrets().combine(CONTEXT)))
                                  .isFalse()));
    }
  }

  @Property(tries = 300)
  void hostileSharesNeverThrow(@ForAll("exchanges") KeyEstablishment chosen, @ForAll byte[] bytes) {
    Bits share = Bits.fromBytes(bytes, Byte.SIZE * bytes.length);
    assertThat(ExchangeAnswer.to(chosen, Set.of(chosen), share, random(1))).isEmpty();
    try (ExchangeCaller caller = ExchangeCaller.begin(Set.of(chosen), random(2))) {
      assertThat(caller.finish(chosen, share)).isEmpty();
    }
  }

  @Example
  void aHybridNeverRunsWithLess() {
    Set<KeyEstablishment> all =
        Set.of(KeyEstablishment.X25519, KeyEstablishment.ML_KEM_768, KeyEstablishment.HYBRID);
    for (KeyEstablishment part : Set.of(KeyEstablishment.X25519, KeyEstablishment.ML_KEM_768)) {
      try (ExchangeCaller less = ExchangeCaller.begin(Set.of(part), random(3));
          ExchangeCaller whole = ExchangeCaller.begin(all, random(4))) {
        assertThat(ExchangeAnswer.to(KeyEstablishment.HYBRID, all, less.share(), random(5)))
            .as("a caller's share with only " + part)
            .isEmpty();
        Bits stripped = answer(part, whole.share(), 6).share();
        assertThat(whole.finish(KeyEstablishment.HYBRID, stripped))
            .as("an answer with only " + part)
            .isEmpty();
      }
    }
  }

  @Example
  void whatWasNotOfferedIsNotAnswered() {
    try (ExchangeCaller caller = ExchangeCaller.begin(Set.of(KeyEstablishment.HYBRID), random(7))) {
      assertThat(
              ExchangeAnswer.to(
                  KeyEstablishment.X25519,
                  Set.of(KeyEstablishment.HYBRID),
                  caller.share(),
                  random(8)))
          .isEmpty();
      Bits weaker = answer(KeyEstablishment.X25519, caller.share(), 9).share();
      assertThat(caller.finish(KeyEstablishment.X25519, weaker)).isEmpty();
    }
  }

  /** Either part alone changes the output: who knows one of them still needs the other. */
  @Example
  void theCombinedSecretDependsOnEachPart() {
    Bits share = Bits.parse("");
    SecretBits both = hybrid(1, 2, share);
    assertThat(hybrid(1, 2, share).sameAs(both)).isTrue();
    assertThat(hybrid(3, 2, share).sameAs(both)).isFalse();
    assertThat(hybrid(1, 3, share).sameAs(both)).isFalse();
    assertThat(hybrid(2, 1, share).sameAs(both)).isFalse();
    assertThat(hybrid(1, 2, Bits.parse("10000000")).sameAs(both)).isFalse();
  }

  @Example
  void partsThatDoNotBelongAreRefused() {
    Optional<SecretBits> one = Optional.of(random(1).secretBits(256));
    Bits none = Bits.parse("");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ExchangeSecrets(KeyEstablishment.HYBRID, none, none, one, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ExchangeSecrets(KeyEstablishment.HYBRID, none, none, Optional.empty(), one));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExchangeSecrets(KeyEstablishment.X25519, none, none, one, one));
  }

  @Example
  void sameSeedSameShares() {
    for (KeyEstablishment chosen : KeyEstablishment.values()) {
      try (ExchangeCaller one = ExchangeCaller.begin(Set.of(chosen), random(11));
          ExchangeCaller two = ExchangeCaller.begin(Set.of(chosen), random(11))) {
        assertThat(one.share()).isEqualTo(two.share());
        assertThat(answer(chosen, one.share(), 12).share())
            .isEqualTo(answer(chosen, two.share(), 12).share());
      }
    }
  }

  private static SecretBits hybrid(long first, long second, Bits calleeShare) {
    return new ExchangeSecrets(
            KeyEstablishment.HYBRID,
            Bits.parse(""),
            calleeShare,
            Optional.of(random(first).secretBits(256)),
            Optional.of(random(second).secretBits(256)))
        .combine(CONTEXT);
  }

  private static ExchangeAnswer answer(KeyEstablishment chosen, Bits share, long seed) {
    return ExchangeAnswer.to(chosen, Set.of(chosen), share, random(seed)).orElseThrow();
  }

  private static Bits flipped(Bits share, int position) {
    int at = Math.floorMod(position, share.length());
    return share.xor(Bits.of(share.length(), i -> i == at));
  }
}
