package org.eveproof.conformance;

import java.util.Map;
import java.util.Optional;
import org.eveproof.session.ExchangeAlice;
import org.eveproof.session.ExchangeBob;

/** What the states of the parties are called in {@code Bb84Exchange.tla}. */
final class Bb84Stages {
  private static final Map<Class<? extends Record>, String> NAMES =
      Map.ofEntries(
          Map.entry(ExchangeAlice.Emitting.class, "emitting"),
          Map.entry(ExchangeAlice.AwaitingDetections.class, "emitting"),
          Map.entry(ExchangeAlice.Disclosing.class, "sifting"),
          Map.entry(ExchangeAlice.AwaitingSample.class, "awaitSample"),
          Map.entry(ExchangeAlice.Estimating.class, "estimating"),
          Map.entry(ExchangeAlice.AwaitingCorrection.class, "awaitCorrection"),
          Map.entry(ExchangeAlice.Answering.class, "answering"),
          Map.entry(ExchangeAlice.Hashing.class, "hashing"),
          Map.entry(ExchangeAlice.AwaitingVerified.class, "awaitVerified"),
          Map.entry(ExchangeAlice.Amplifying.class, "seeding"),
          Map.entry(ExchangeAlice.AwaitingConfirm.class, "awaitConfirm"),
          Map.entry(ExchangeAlice.Releasing.class, "releasing"),
          Map.entry(ExchangeAlice.KeyHeld.class, "key"),
          Map.entry(ExchangeAlice.Aborted.class, "aborted"),
          Map.entry(ExchangeBob.Measuring.class, "measuring"),
          Map.entry(ExchangeBob.Reporting.class, "measuring"),
          Map.entry(ExchangeBob.AwaitingSifting.class, "awaitSifting"),
          Map.entry(ExchangeBob.Estimating.class, "sampling"),
          Map.entry(ExchangeBob.AwaitingOpening.class, "awaitParities"),
          Map.entry(ExchangeBob.AwaitingParities.class, "awaitParities"),
          Map.entry(ExchangeBob.Asking.class, "asking"),
          Map.entry(ExchangeBob.Corrected.class, "correcting"),
          Map.entry(ExchangeBob.AwaitingVerification.class, "awaitVerification"),
          Map.entry(ExchangeBob.Verifying.class, "verifying"),
          Map.entry(ExchangeBob.AwaitingAmplification.class, "awaitAmplification"),
          Map.entry(ExchangeBob.Amplifying.class, "amplifying"),
          Map.entry(ExchangeBob.InDoubt.class, "inDoubt"),
          Map.entry(ExchangeBob.KeyHeld.class, "key"),
          Map.entry(ExchangeBob.Aborted.class, "aborted"));

  private Bb84Stages() {}

  static String of(Record state) {
    return Optional.ofNullable(NAMES.get(state.getClass())).orElseThrow();
  }
}
