package dev.handoff.jdbc.row;

import dev.handoff.jdbc.sql.Session;
import java.time.Instant;

/// A running write transaction: its session, its time, and what is told after its commit.
public record Writing(Session session, Instant now, Announcements announcements) {}
