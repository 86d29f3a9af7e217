package dev.handoff.jdbc.postgres;

import dev.handoff.jdbc.row.Announcements;

/// The result of a write, and what listeners are told once it is committed.
record AnnouncedResult<T>(T result, Announcements announcements) {}
