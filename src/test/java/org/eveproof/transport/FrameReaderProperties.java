package org.eveproof.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class FrameReaderProperties {
  private static final int LIMIT = 700;

  @Property
  void decodingUndoesEncoding(@ForAll("frame") byte[] frame) {
    byte[] encoded = Cobs.encode(frame);
    assertThat(encoded)
        .doesNotContain((byte) 0)
        .hasSizeLessThanOrEqualTo(Cobs.maxEncoded(frame.length));
    assertThat(Cobs.decode(encoded, encoded.length)).hasValue(frame);
  }

  /** The examples of Cheshire and Baker's encoding as published at large. */
  @Example
  void agreesWithKnownEncodings() {
    assertThat(Cobs.encode(hex("00"))).isEqualTo(hex("0101"));
    assertThat(Cobs.encode(hex("0000"))).isEqualTo(hex("010101"));
    assertThat(Cobs.encode(hex("11220033"))).isEqualTo(hex("0311220233"));
    assertThat(Cobs.encode(hex("11000000"))).isEqualTo(hex("0211010101"));
    byte[] run = new byte[254];
    Arrays.fill(run, (byte) 7);
    assertThat(Cobs.encode(run)).hasSize(255).startsWith(255, 7);
  }

  @Property
  void oneFaultDamagesAtMostTwoFrames(
      @ForAll("frames") List<byte[]> frames,
      @ForAll @IntRange(max = 3) int fault,
      @ForAll @IntRange(max = 1_000_000) int where,
      @ForAll @IntRange(min = 1, max = 255) int bits,
      @ForAll @IntRange(min = 1, max = 97) int chunk) {
    byte[] stream = stream(frames);
    int at = where % stream.length;
    ByteArrayOutputStream damaged = new ByteArrayOutputStream();
    damaged.write(stream, 0, at);
    switch (fault) {
      case 0 -> damaged.write(stream[at] ^ bits);
      case 1 -> {
        damaged.write(stream[at]);
        damaged.write(stream[at]);
      }
      case 2 -> {
        damaged.write(bits - 1);
        damaged.write(stream[at]);
      }
      default -> {}
    }
    damaged.write(stream, at + 1, stream.length - at - 1);
    List<String> received = read(damaged.toByteArray(), chunk);
    List<String> lost = hexes(frames);
    received.forEach(lost::remove);
    assertThat(lost).hasSizeLessThanOrEqualTo(2);
  }

  @Property
  void anyStreamIsReadWithoutExceptionAndNothingLongComesOut(
      @ForAll @Size(max = 3000) byte[] noise, @ForAll @IntRange(min = 1, max = 500) int chunk) {
    assertThat(read(noise, chunk)).allMatch(frame -> frame.length() <= 2 * LIMIT + 8);
    // In step again after one delimiter.
    byte[] frame = {1, 0, 2};
    byte[] then = Arrays.copyOf(noise, noise.length + 6);
    System.arraycopy(Cobs.encode(frame), 0, then, noise.length + 1, 4);
    assertThat(read(then, chunk)).endsWith("010002");
  }

  @Example
  void aFrameThatNeverEndsIsSkipped() {
    FrameReader reader = new FrameReader(LIMIT);
    List<byte[]> frames = new ArrayList<>();
    byte[] endless = new byte[1 << 16];
    Arrays.fill(endless, (byte) 9);
    for (int i = 0; i < 1000; i++) {
      reader.read(endless, endless.length, frames::add);
    }
    byte[] good = stream(List.of(new byte[] {5}));
    reader.read(good, good.length, frames::add);
    assertThat(frames).containsExactly(new byte[] {5});
  }

  @Provide
  Arbitrary<byte[]> frame() {
    Arbitrary<Byte> bytes =
        Arbitraries.oneOf(Arbitraries.bytes(), Arbitraries.of((byte) 0, (byte) 1, (byte) 255));
    return Arbitraries.oneOf(
        bytes.array(byte[].class).ofMinSize(1).ofMaxSize(20),
        bytes.array(byte[].class).ofMinSize(240).ofMaxSize(600),
        Arbitraries.integers()
            .between(250, 260)
            .map(
                n -> {
                  byte[] run = new byte[n];
                  Arrays.fill(run, (byte) 3);
                  return run;
                }));
  }

  @Provide
  Arbitrary<List<byte[]>> frames() {
    return frame().list().ofMinSize(1).ofMaxSize(8);
  }

  private static byte[] stream(List<byte[]> frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      out.write(0);
      out.writeBytes(Cobs.encode(frame));
      out.write(0);
    }
    return out.toByteArray();
  }

  private static List<String> read(byte[] stream, int chunk) {
    FrameReader reader = new FrameReader(LIMIT);
    List<byte[]> frames = new ArrayList<>();
    for (int from = 0; from < stream.length; from += chunk) {
      byte[] part = Arrays.copyOfRange(stream, from, Math.min(stream.length, from + chunk));
      reader.read(part, part.length, frames::add);
    }
    return hexes(frames);
  }

  private static List<String> hexes(List<byte[]> frames) {
    return new ArrayList<>(frames.stream().map(HexFormat.of()::formatHex).toList());
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  @Example
  void whatIsNoEncodingIsRefused() {
    assertThat(Cobs.decode(hex("05"), 1)).isEqualTo(Optional.empty());
    assertThat(Cobs.decode(hex("0201ff01"), 4)).isEqualTo(Optional.empty());
  }
}
