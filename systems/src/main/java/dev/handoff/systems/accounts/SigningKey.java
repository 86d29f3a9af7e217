package dev.handoff.systems.accounts;

import dev.handoff.systems.kit.SystemsDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The secret that access tokens are signed with: made once and never logged. It is kept in the
/// data folder, for its owner only; where nodes share a database, in there, because each has to
/// believe what another gave out. Deleting it ends all logins.
final class SigningKey {
  private static final String FILE = "access-token.key";
  private static final int BYTES = 32;

  private static final String ADD =
      "insert into access_token_key (id, secret) values (1, :secret) on conflict do nothing";
  private static final String FIND = "select secret from access_token_key where id = 1";

  private SigningKey() {}

  /// The key of all nodes on this database, which has the systems' tables.
  static SecretKey sharedIn(SystemsDatabase db) {
    // Whichever node comes first; the others read its key.
    var _ = db.sql(ADD).param("secret", HexFormat.of().formatHex(fresh())).update();
    return key(HexFormat.of().parseHex(db.sql(FIND).query(String.class).single()));
  }

  static SecretKey in(Path dataDir) {
    Path file = dataDir.resolve(FILE);
    try {
      Files.createDirectories(dataDir);
      if (!Files.exists(file)) {
        create(file);
      }
      byte[] secret = Files.readAllBytes(file);
      if (secret.length != BYTES) {
        throw new IllegalStateException(
            "the key file " + file + " is damaged; delete it to make a new one (logins end)");
      }
      return key(secret);
    } catch (IOException e) {
      throw new UncheckedIOException("the key file " + file + " cannot be read or made", e);
    }
  }

  private static void create(Path file) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(file, options, ownerOnly())) {
      var _ = channel.write(java.nio.ByteBuffer.wrap(fresh()));
    } catch (FileAlreadyExistsException madeMeanwhile) {
      // Another process on this data folder was faster; its key is read.
    }
  }

  private static byte[] fresh() {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  private static SecretKey key(byte[] secret) {
    return new SecretKeySpec(secret, "HmacSHA256");
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
