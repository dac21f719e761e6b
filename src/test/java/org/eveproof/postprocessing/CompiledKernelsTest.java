package org.eveproof.postprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eveproof.protocol.NewerJdk;
import org.junit.jupiter.api.Test;

/**
 * Loops that matter compute the same before and after they are compiled, on this JDK and a newer.
 */
final class CompiledKernelsTest {
  private static final Path OWN = Path.of(System.getProperty("java.home"), "bin", "java");

  @Test
  void compiledCodeSaysWhatInterpretedCodeSaid() throws Exception {
    assertThat(run(OWN, "120")).isZero();
  }

  @Test
  void soItDoesOnANewerJdk() throws Exception {
    Optional<Path> java = NewerJdk.tool("java");
    assumeTrue(java.isPresent(), "there is no JDK 24 or later here");
    assertThat(run(java.orElseThrow(), "120")).isZero();
  }

  @Test
  void aResultThatChangesIsNoticed() throws Exception {
    for (String loop :
        List.of("amplification", "cascade", "ldpc", "selection", "tag", "verification")) {
      assertThat(run(OWN, "2", loop)).as(loop).isEqualTo(1);
    }
  }

  private static int run(Path java, String... arguments) throws IOException, InterruptedException {
    List<String> call =
        new ArrayList<>(
            List.of(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CompiledKernels.class.getName()));
    call.addAll(List.of(arguments));
    Process process = new ProcessBuilder(call).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assertThat(said).doesNotContain("Exception");
    return code;
  }
}
