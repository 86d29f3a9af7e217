/// The audit log: who came in, who was refused, and who changed or looked at what. Everybody may
/// write to it; operators read it. Start reading at [AuditLog].
@NullMarked
package dev.handoff.systems.audit;

import org.jspecify.annotations.NullMarked;
