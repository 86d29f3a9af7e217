package dev.handoff.jdbc.row;

import dev.handoff.jdbc.sql.SqlSession;
import java.time.Instant;

/// A running write transaction: its session, its time, and what is told after its commit.
public record WriteTransaction(SqlSession session, Instant now, Announcements announcements) {}
