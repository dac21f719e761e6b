package org.eveproof.adversary.rndl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eveproof.authentication.Frame;
import org.eveproof.protocol.Bits;
import org.eveproof.quantum.PulseTrain;

/**
 * A session that came to a key at both ends, as Eve recorded it.
 *
 * @param round number of the payload key
 * @param messages all that was said, in order, as it travelled
 * @param ephemeral the key exchange, if there was one
 * @param caller what the caller made its key from; who may not break anything knows none of it
 * @param callee what the callee made its key from
 * @param callerHeard digest of the conversation, as the caller heard it
 * @param calleeHeard digest of the conversation, as the callee heard it
 */
record PayloadSession(
    int round,
    List<byte[]> messages,
    Optional<Ephemeral> ephemeral,
    KeyParts caller,
    KeyParts callee,
    Bits callerHeard,
    Bits calleeHeard) {

  /**
   * Carries messages and light to and fro until the session is over.
   *
   * @param fibre what becomes of the light on its way
   * @return empty if not both ends came to a key
   */
  static Optional<PayloadSession> run(
      int round, PayloadCaller caller, PayloadCallee callee, UnaryOperator<PulseTrain> fibre) {
    List<byte[]> messages = new ArrayList<>();
    byte[] call = caller.call();
    messages.add(call);
    Optional<byte[]> answer = callee.takeCall(call, fibre.apply(caller.light()));
    answer.ifPresent(messages::add);
    Optional<byte[]> bases = answer.flatMap(caller::takeAnswer);
    bases.ifPresent(messages::add);
    Optional<byte[]> sample = bases.flatMap(callee::takeAnnouncement);
    sample.ifPresent(messages::add);
    Optional<byte[]> seed = sample.flatMap(caller::takeSample);
    seed.ifPresent(messages::add);
    seed.ifPresent(callee::takeSeed);
    return caller
        .parts()
        .flatMap(
            first ->
                callee
                    .parts()
                    .map(
                        second ->
                            new PayloadSession(
                                round,
                                messages,
                                caller.ephemeral(),
                                first,
                                second,
                                caller.channel().conversation(),
                                callee.channel().conversation())));
  }

  /** Returns what one of the messages says, for everybody to read. */
  byte[] said(int message) {
    return Frame.parse(messages.get(message)).orElseThrow().payload();
  }
}
