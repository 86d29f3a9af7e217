package dev.handoff.store;

/// How many tasks of a type are in a state, by the state's word.
public record StateCount(String type, String state, long count) {}
