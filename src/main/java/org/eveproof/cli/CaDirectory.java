package org.eveproof.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.authentication.SigningKey;
import org.eveproof.bootstrap.pki.CertificateAuthority;
import org.eveproof.bootstrap.pki.CredentialFiles;
import org.eveproof.bootstrap.pki.Passphrase;
import org.eveproof.bootstrap.pki.PemText;
import org.eveproof.bootstrap.pki.PkiFile;
import org.eveproof.bootstrap.pki.PkiFileException;
import org.eveproof.bootstrap.pki.Validity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An authority on disk: {@code ca.key} (mode 600), {@code ca.pem} (its certificate, then those of
 * the authorities above it but for the root), {@code index.json}, {@code crl.pem}. Locked while it
 * is open.
 */
final class CaDirectory implements AutoCloseable {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path directory;
  private final FileChannel lock;
  private final List<X509CertificateHolder> chain;
  private final CertificateAuthority authority;
  private CaIndex index;

  private CaDirectory(
      Path directory,
      FileChannel lock,
      List<X509CertificateHolder> chain,
      SigningKey key,
      CaIndex index) {
    this.directory = directory;
    this.lock = lock;
    this.chain = chain;
    this.authority = new CertificateAuthority(chain.get(0), key);
    this.index = index;
  }

  /**
   * Writes a new authority: whole, or nothing.
   *
   * @param directory must not exist
   * @param chain its certificate, then those above it but for the root
   * @param crlDays how long its first revocation list counts
   * @throws BadInput if the directory exists
   */
  static void create(Path directory, List<X509CertificateHolder> chain, SigningKey key, int crlDays)
      throws IOException {
    requireFree(directory);
    Path parent = directory.toAbsolutePath().getParent();
    if (parent == null) {
      throw new BadInput(directory + " is no place for an authority; name another one");
    }
    Files.createDirectories(parent);
    Path staging = Files.createTempDirectory(parent, ".ca-");
    try {
      byte[] pem = PemText.privateKey(key);
      try {
        SecretFile.write(staging.resolve("ca.key"), pem);
      } finally {
        Arrays.fill(pem, (byte) 0);
      }
      PublicFile.replace(staging.resolve("ca.pem"), PemText.certificates(chain));
      PublicFile.replace(staging.resolve("index.json"), json(new CaIndex(0, List.of())));
      try (CaDirectory fresh = open(staging)) {
        fresh.writeCrl(Instant.now(), crlDays);
      }
      Files.move(staging, directory, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      deleteAll(staging);
    }
  }

  /**
   * Requires that there is nothing where an authority is to be made.
   *
   * @throws BadInput if there is
   */
  static void requireFree(Path directory) {
    if (Files.exists(directory)) {
      throw new BadInput(directory + " exists; name another place with --out");
    }
  }

  /**
   * Opens an authority and locks it.
   *
   * @throws BadInput if there is none, or its files do not belong together
   */
  static CaDirectory open(Path directory) throws IOException {
    Path keyFile = directory.resolve("ca.key");
    if (!Files.isRegularFile(keyFile)) {
      throw new BadInput(
          directory
              + " holds no authority; make one with 'eveproof pki init --out "
              + directory
              + "'");
    }
    FileChannel lock =
        FileChannel.open(
            directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock.lock();
      List<X509CertificateHolder> chain = PkiFile.read(directory.resolve("ca.pem")).certificates();
      Passphrase none =
          () -> {
            throw new BadInput(keyFile + " is encrypted; decrypt it with 'openssl pkey'");
          };
      SigningKey key = CredentialFiles.readPem(directory.resolve("ca.pem"), keyFile, none).key();
      CaIndex index =
          JSON.readValue(Files.readAllBytes(directory.resolve("index.json")), CaIndex.class);
      return new CaDirectory(directory, lock, chain, key, index);
    } catch (PkiFileException broken) {
      lock.close();
      throw new BadInput(directory + ": " + broken.getMessage());
    } catch (JacksonException broken) {
      lock.close();
      throw new BadInput(directory.resolve("index.json") + " is damaged; restore it from a copy");
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  /** Returns the authority itself. */
  CertificateAuthority authority() {
    return authority;
  }

  /** Returns what it issued and revoked. */
  CaIndex index() {
    return index;
  }

  /** Returns the certificates that go with one of this authority: up to the root, without it. */
  List<X509CertificateHolder> intermediates() {
    X509CertificateHolder own = authority.certificate();
    return own.getIssuer().equals(own.getSubject()) ? List.of() : chain;
  }

  /** Writes down what was issued or revoked. */
  void save(CaIndex next) throws IOException {
    PublicFile.replace(directory.resolve("index.json"), json(next));
    index = next;
  }

  /**
   * Puts a new revocation list in place of the old one.
   *
   * @return the list
   */
  X509CRLHolder writeCrl(Instant now, int days) throws IOException {
    save(index.withNextCrl());
    X509CRLHolder crl =
        authority.crl(
            index.revoked(),
            BigInteger.valueOf(index.crlNumber()),
            new Validity(now, now.plus(days, ChronoUnit.DAYS)));
    PublicFile.replace(directory.resolve("crl.pem"), PemText.crl(crl));
    return crl;
  }

  @Override
  public void close() throws IOException {
    authority.key().close();
    lock.close();
  }

  private static byte[] json(CaIndex index) {
    return (JSON.writeValueAsString(index) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void deleteAll(Path staging) throws IOException {
    if (!Files.exists(staging)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> content = Files.list(staging)) {
      files = content.toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(staging);
  }
}
