package dev.handoff;

/// The right of one node to run one attempt. The fence grows with each claim of the task, by how
/// much is random: of two attempts only the later one can write, however late the earlier one wakes
/// up, and even if the data forgot the earlier claim (see docs/adr/0004-fencing.md).
public record Lease(TaskId task, NodeId node, long fence) {}
