package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretFileTest {
  @TempDir private Path dir = Path.of("unset");

  @Test
  void onlyTheOwnerReadsWhatWasWritten() throws IOException {
    Path file = dir.resolve("round-1.key");
    SecretFile.write(file, new byte[] {1, 2, 3});
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(Files.getPosixFilePermissions(file))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    assertThat(dir).isDirectoryContaining(file::equals);
    assertThat(dir.toFile().list()).hasSize(1);
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path file = dir.resolve("round-1.key");
    SecretFile.write(file, new byte[] {1});
    assertThatThrownBy(() -> SecretFile.write(file, new byte[] {2})).isInstanceOf(BadInput.class);
    assertThat(file).hasBinaryContent(new byte[] {1});
  }

  @Test
  void nothingIsLeftWhereNothingCouldBeWritten() {
    assertThatThrownBy(() -> SecretFile.write(dir.resolve("no/round-1.key"), new byte[] {1}))
        .isInstanceOf(IOException.class);
    assertThat(dir).isEmptyDirectory();
  }
}
