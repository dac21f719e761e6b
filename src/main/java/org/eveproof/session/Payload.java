package org.eveproof.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.PrivacyAmplification;
import org.eveproof.postprocessing.Reconciliation;
import org.eveproof.postprocessing.Sample;
import org.eveproof.protocol.Bits;

/**
 * What the messages of an exchange say, and its one encoding in bytes. Lengths that the receiver
 * knows are not sent; every reader insists on exactly the bytes that it expects.
 */
public sealed interface Payload {
  /** The payload of messages that say all by their type. */
  byte[] NONE = {};

  /** Returns the bytes that go into the frame. */
  byte[] encode();

  /** Reads a payload that must be empty. */
  static void readNone(PayloadReader in) throws RefusedException {
    in.end();
  }

  /**
   * Bob's measurements are over.
   *
   * @param detected which pulses he detected
   * @param bases the basis of each detected pulse, in order: 0 = Z, 1 = X
   */
  record Detections(Bits detected, Bits bases) implements Payload {
    @Override
    public byte[] encode() {
      return join(detected, bases);
    }

    /** Reads a statement about so many pulses. */
    static Detections read(PayloadReader in, int pulses) throws RefusedException {
      Bits detected = in.bits(pulses);
      Bits bases = in.bits(detected.ones());
      in.end();
      return new Detections(detected, bases);
    }
  }

  /**
   * Alice's answer to the detections.
   *
   * @param bases the basis in which she sent each detected pulse
   * @param intensities the digits of the index of its intensity, lowest first
   * @param sample which of the sifted bits (those where the bases agree) are compared in public
   * @param bits her bits there
   */
  record Disclosure(Bits bases, List<Bits> intensities, Sample sample, Bits bits)
      implements Payload {
    @Override
    public byte[] encode() {
      List<Bits> parts = new ArrayList<>();
      parts.add(bases);
      parts.addAll(intensities);
      parts.add(sample.positions());
      parts.add(bits);
      return join(parts.toArray(new Bits[0]));
    }

    /**
     * Reads the answer.
     *
     * @param own the receiver's bases of the detected pulses
     */
    static Disclosure read(PayloadReader in, Bits own, ExchangeParameters parameters)
        throws RefusedException {
      Bits bases = in.bits(own.length());
      List<Bits> intensities = new ArrayList<>();
      for (int digit = 0; digit < parameters.intensityDigits(); digit++) {
        intensities.add(in.bits(own.length()));
      }
      Bits matching = bases.xor(own).not();
      Sample sample = new Sample(in.bits(matching.ones()));
      if (!parameters.sampling().admits(bases.select(matching), sample)) {
        throw PayloadReader.unreadable();
      }
      Bits bits = in.bits(sample.sampledBits());
      in.end();
      if (!IntensityTallies.areIndices(intensities, parameters.intensities())) {
        throw PayloadReader.unreadable();
      }
      return new Disclosure(bases, intensities, sample, bits);
    }
  }

  /** Bob's bits of the sample, in order. */
  record SampleBits(Bits bits) implements Payload {
    @Override
    public byte[] encode() {
      return join(bits);
    }

    /** Reads so many bits. */
    static SampleBits read(PayloadReader in, int sampled) throws RefusedException {
      Bits bits = in.bits(sampled);
      in.end();
      return new SampleBits(bits);
    }
  }

  /**
   * Alice's first parities.
   *
   * @param seed of the shuffles, if there are any
   * @param parities that open the reconciliation
   */
  record Opening(Bits seed, Bits parities) implements Payload {
    @Override
    public byte[] encode() {
      return counted(parities.length(), seed, parities);
    }

    /** Reads a seed and parities, as many as planned. */
    static Opening read(PayloadReader in, Reconciliation plan) throws RefusedException {
      int parities = plan.openingBits();
      in.number(parities, parities);
      Bits seed = in.bits(plan.seedBits());
      Bits answers = in.bits(parities);
      in.end();
      return new Opening(seed, answers);
    }
  }

  /** The parities that Bob asked for, in order. */
  record Parities(Bits bits) implements Payload {
    @Override
    public byte[] encode() {
      return counted(bits.length(), bits);
    }

    /** Reads so many parities. */
    static Parities read(PayloadReader in, int asked) throws RefusedException {
      in.number(asked, asked);
      Bits bits = in.bits(asked);
      in.end();
      return new Parities(bits);
    }
  }

  /**
   * The hash of Alice's key.
   *
   * @param seed chosen when reconciliation was over
   * @param hash of her key under this seed
   */
  record Verification(Bits seed, Bits hash) implements Payload {
    @Override
    public byte[] encode() {
      return counted(hash.length(), seed, hash);
    }

    /** Reads a seed and a hash of so many bits. */
    static Verification read(PayloadReader in, int hashBits) throws RefusedException {
      in.number(hashBits, hashBits);
      Bits seed = in.bits(ErrorVerification.SEED_BITS);
      Bits hash = in.bits(hashBits);
      in.end();
      return new Verification(seed, hash);
    }
  }

  /**
   * How the secret key is made from the verified one.
   *
   * @param secretBits its length
   * @param seed chosen when the key was verified
   */
  record Amplification(int secretBits, Bits seed) implements Payload {
    @Override
    public byte[] encode() {
      return counted(secretBits, seed);
    }

    /**
     * Reads a length up to that of the verified key, and a seed that goes with both and is fit, as
     * Alice draws it.
     */
    static Amplification read(PayloadReader in, int keyBits) throws RefusedException {
      int secretBits = in.number(1, keyBits);
      Bits seed = in.bits(PrivacyAmplification.seedBits(keyBits, secretBits));
      in.end();
      if (!PrivacyAmplification.isFit(seed, secretBits)) {
        throw PayloadReader.unreadable();
      }
      return new Amplification(secretBits, seed);
    }
  }

  /** Why the session ends. */
  record Abort(AbortReason reason) implements Payload {
    @Override
    public byte[] encode() {
      return new byte[] {(byte) reason.code()};
    }

    /** Reads a reason. */
    static Abort read(PayloadReader in) throws RefusedException {
      AbortReason reason = AbortReason.ofCode(in.octet()).orElseThrow(PayloadReader::unreadable);
      in.end();
      return new Abort(reason);
    }
  }

  /** Puts the number of bits first that are disclosed or made, so that anybody can count. */
  private static byte[] counted(int number, Bits... parts) {
    byte[] joined = join(parts);
    return ByteBuffer.allocate(Integer.BYTES + joined.length).putInt(number).put(joined).array();
  }

  private static byte[] join(Bits... parts) {
    int length = 0;
    byte[][] packed = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      packed[i] = parts[i].toBytes();
      length += packed[i].length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    for (byte[] part : packed) {
      out.put(part);
    }
    return out.array();
  }
}
