package dev.handoff.jdbc.row;

import dev.handoff.jdbc.sql.Session;
import java.time.Instant;

/// A write transaction in progress: its connection, the time at which it happens, and what is told
/// once it is committed.
public record Writing(Session session, Instant now, Announcements announcements) {}
