package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Hostile keys and signatures are refused, never with an exception. */
final class SignatureProperties {
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final List<SigningKey> KEYS =
      Stream.of(SignatureScheme.values())
          .map(scheme -> SigningKey.generate(scheme, new SecureRandom()))
          .toList();
  private static final List<byte[]> SIGNATURES =
      KEYS.stream().map(key -> key.sign(MESSAGE)).toList();

  @Property(tries = 2000)
  void whateverDecodesIsTheOneEncodingOfAKey(
      @ForAll("whichKey") int which,
      @ForAll @IntRange(max = 1999) int at,
      @ForAll byte value,
      @ForAll @IntRange(max = 3) int cut) {
    byte[] bytes = KEYS.get(which).verifying().encode();
    bytes[at % bytes.length] = value;
    bytes = Arrays.copyOf(bytes, bytes.length - cut);
    Optional<VerifyingKey> key = VerifyingKey.decode(bytes);
    if (key.isPresent()) {
      assertThat(key.get().encode()).isEqualTo(bytes);
      assertThat(key.get().verifies(new byte[1], SIGNATURES.get(which))).isFalse();
    }
  }

  @Property(tries = 2000)
  void aChangedSignatureDoesNotHold(
      @ForAll("whichKey") int which,
      @ForAll @IntRange(max = 49_999) int at,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] signature = SIGNATURES.get(which).clone();
    signature[at % signature.length] ^= (byte) change;
    assertThat(KEYS.get(which).verifying().verifies(MESSAGE, signature)).isFalse();
  }

  @Property(tries = 500)
  void anyBytesAreNoKeyAndNoSignature(
      @ForAll("whichKey") int which, @ForAll @Size(max = 300) byte[] bytes) {
    assertThat(VerifyingKey.decode(bytes)).isEmpty();
    assertThat(SigningKey.decode(bytes, KEYS.get(which).verifying())).isEmpty();
    assertThat(KEYS.get(which).verifying().verifies(MESSAGE, bytes)).isFalse();
  }

  @Provide
  Arbitrary<Integer> whichKey() {
    return Arbitraries.integers().between(0, KEYS.size() - 1);
  }
}
