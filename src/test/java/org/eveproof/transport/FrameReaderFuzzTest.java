package org.eveproof.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The stream of bytes under the frames. */
class FrameReaderFuzzTest {
  private static final int MAX_FRAME = 300;

  @FuzzTest
  void anyStreamGivesBoundedFramesHoweverItIsCut(byte[] stream) {
    List<byte[]> whole = read(stream, stream.length + 1);
    for (byte[] frame : whole) {
      assertThat(frame).hasSizeLessThanOrEqualTo(Cobs.maxEncoded(MAX_FRAME));
      byte[] encoded = Cobs.encode(frame);
      assertThat(Cobs.decode(encoded, encoded.length).orElseThrow()).isEqualTo(frame);
    }
    assertThat(Arrays.deepEquals(read(stream, 7).toArray(), whole.toArray())).isTrue();
  }

  private static List<byte[]> read(byte[] stream, int step) {
    List<byte[]> frames = new ArrayList<>();
    FrameReader reader = new FrameReader(MAX_FRAME);
    for (int from = 0; from < stream.length; from += step) {
      byte[] buffer = Arrays.copyOfRange(stream, from, Math.min(stream.length, from + step));
      reader.read(buffer, buffer.length, frames::add);
    }
    return frames;
  }
}
