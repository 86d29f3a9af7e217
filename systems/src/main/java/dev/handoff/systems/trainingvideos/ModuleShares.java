package dev.handoff.systems.trainingvideos;

import dev.handoff.TimeSource;
import dev.handoff.systems.kit.RefusedException;
import dev.handoff.systems.kit.RowValues;
import dev.handoff.systems.kit.Sha256;
import dev.handoff.systems.kit.SystemsDatabase;
import java.security.SecureRandom;
import java.sql.Types;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may watch a module without an account: whoever has the token of one of its shares. The
/// database has the hash of a token only, so a copy of it opens nothing. Safe for use by many
/// threads.
public final class ModuleShares {
  private static final int SECRET_BYTES = 32;
  private static final int MOST_OF_A_MODULE = 50;
  private static final int LONGEST_TOKEN = 100;

  private static final String FORGET =
      "delete from training_share where module_id = :module and expires_at <= :now";
  private static final String COUNT =
      "select count(*) from training_share where module_id = :module";
  private static final String ADD =
      """
      insert into training_share (token_hash, module_id, transcript, created_at, expires_at)
      values (:hash, :module, :transcript, :now, :expiresAt)
      """;
  private static final String LIST =
      """
      select token_hash, transcript, created_at, expires_at from training_share
      where module_id = :module and (expires_at is null or expires_at > :now)
      order by created_at desc, token_hash
      """;
  private static final String END =
      """
      delete from training_share
      where module_id = :module and (token_hash = :hash or token_hash = :token)
      """;
  private static final String OPEN =
      """
      select module_id, transcript from training_share
      where (token_hash = :hash or module_id = :token)
        and (expires_at is null or expires_at > :now)
      """;

  private final SystemsDatabase db;
  private final ModuleTable modules;
  private final TimeSource clock;
  private final SecureRandom random = new SecureRandom();

  ModuleShares(SystemsDatabase db, ModuleTable modules, TimeSource clock) {
    this.db = db;
    this.modules = modules;
    this.clock = clock;
  }

  /// A share as its module's owner sees it, without the token.
  ///
  /// @param id the hash of the token, which can end the share but opens nothing
  /// @param expiresAt null when only its owner ends it
  /// @param transcript whether what is said may be read, too
  public record Share(
      String id, Instant createdAt, @Nullable Instant expiresAt, boolean transcript) {}

  /// What somebody who has a link may watch.
  public record OpenedShare(TrainingModule module, boolean transcript) {}

  /// How long a share lasts, and what it shows.
  public record ShareTerms(@Nullable Instant expiresAt, boolean transcript) {}

  /// Shares a module of this owner.
  ///
  /// @return the token, which nobody can read later
  /// @throws RefusedException when there is no such module, when it has as many shares as a module
  ///   may have, or when the share would have ended already
  public String make(String module, String owner, ShareTerms terms) {
    Instant now = clock.instant();
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    db.doInTransaction(() -> {
      var _ = modules.take(module, owner, now).orElseThrow(TrainingRefusals::noModule);
      if (terms.expiresAt() != null && !terms.expiresAt().isAfter(now)) {
        throw RefusedException.badRequest("expiresAt is a time in the future");
      }
      var _ = db.sql(FORGET).param("module", module).param("now", now.toEpochMilli()).update();
      if (db.sql(COUNT).param("module", module).query(Integer.class).single() >= MOST_OF_A_MODULE) {
        throw RefusedException.of(
            409, "This module has as many links as it can have. Please end one first.");
      }
      var _ =
          db.sql(ADD)
              .param("hash", Sha256.of(token))
              .param("module", module)
              .param("transcript", terms.transcript())
              .param("now", now.toEpochMilli())
              .param("expiresAt", RowValues.millis(terms.expiresAt()), Types.BIGINT)
              .update();
    });
    return token;
  }

  /// The shares of a module that have not ended, newest first.
  public List<Share> list(String module) {
    return db.sql(LIST)
        .param("module", module)
        .param("now", clock.millis())
        .query((row, _) ->
            new Share(
                row.getString("token_hash"),
                RowValues.time(row, "created_at"),
                RowValues.timeOrNull(row, "expires_at"),
                row.getBoolean("transcript")))
        .list();
  }

  /// Ends the share of a module that has this token or id.
  ///
  /// @return whether there was one
  public boolean end(String module, String token) {
    return isOne(token)
        && db.sql(END)
                .param("module", module)
                .param("hash", Sha256.of(token))
                .param("token", token)
                .update()
            > 0;
  }

  /// The module behind a link: a share's token, or the id of a module that has a share.
  public Optional<OpenedShare> open(String token) {
    if (!isOne(token)) {
      return Optional.empty();
    }
    List<Link> links =
        db.sql(OPEN)
            .param("hash", Sha256.of(token))
            .param("token", token)
            .param("now", clock.millis())
            .query((row, _) -> new Link(row.getString("module_id"), row.getBoolean("transcript")))
            .list();
    return links.stream()
        .findFirst()
        .flatMap(link -> modules.find(link.module()))
        .filter(TrainingModule::isWatchable)
        .map(module -> new OpenedShare(module, links.stream().anyMatch(Link::transcript)));
  }

  private record Link(String module, boolean transcript) {}

  // PostgreSQL refuses a text with a zero.
  private static boolean isOne(String token) {
    return token.length() <= LONGEST_TOKEN && token.indexOf('\0') < 0;
  }
}
