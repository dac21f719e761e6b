package org.eveproof.postprocessing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.eveproof.postprocessing.PostprocessingScene.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * No 64 bits in a row of any key are left in memory once post-processing is over: neither in what
 * is still referred to nor in what the collector has not yet taken. What the collector moved is not
 * seen; the scenes are small, so that it has nothing to do.
 */
final class SecretsLeaveMemoryTest {
  @TempDir private Path dir = Path.of("unset");

  @ParameterizedTest
  @EnumSource(names = "FORGOTTEN", mode = EnumSource.Mode.EXCLUDE)
  void whatWasSecretIsOverwritten(Kind kind) throws Exception {
    assertThat(found(kind)).as("words of secrets that are left").isZero();
  }

  @Test
  void whatIsNotOverwrittenIsFound() throws Exception {
    assertThat(found(Kind.FORGOTTEN)).isGreaterThan(1000);
  }

  private long found(Kind kind) throws IOException, InterruptedException {
    Path memory = dir.resolve("memory.hprof");
    Process scene =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms1g",
                "-Xmn800m",
                "-cp",
                System.getProperty("java.class.path"),
                PostprocessingScene.class.getName(),
                kind.name(),
                memory.toString())
            .inheritIO()
            .start();
    assertThat(scene.waitFor()).isZero();
    return count(memory, words(PostprocessingScene.play(kind)));
  }

  /** Returns the whole words in both orders of their bits, sorted: keys are written in either. */
  private static long[] words(List<long[]> secrets) {
    return secrets.stream()
        .filter(secret -> secret.length > 1)
        .flatMapToLong(secret -> Arrays.stream(secret, 0, secret.length - 1))
        .flatMap(word -> LongStream.of(word, Long.reverse(word)))
        .sorted()
        .distinct()
        .toArray();
  }

  private static long count(Path memory, long[] words) throws IOException {
    boolean[] maybe = new boolean[1 << 20];
    for (long word : words) {
      maybe[(int) (word >>> 44)] = true;
    }
    long found = 0;
    try (FileChannel file = FileChannel.open(memory)) {
      ByteBuffer bytes = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
      long window = 0;
      while (bytes.hasRemaining()) {
        window = window << Byte.SIZE | (bytes.get() & 0xFF);
        if (maybe[(int) (window >>> 44)] && Arrays.binarySearch(words, window) >= 0) {
          found++;
        }
      }
    }
    Files.delete(memory);
    return found;
  }
}
