package dev.handoff.systems.trainingvideos;

/// A video that was received whole, and lies in the files of the module with this id.
///
/// @param title what its name was, without the ending
/// @param seconds how long its header says it is; 0 when it does not say
public record Upload(String id, String title, double seconds) {}
