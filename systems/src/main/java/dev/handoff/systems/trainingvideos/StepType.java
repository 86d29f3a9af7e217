package dev.handoff.systems.trainingvideos;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a part of a training video does, told by the words in it.
enum StepType {
  INTRODUCTION("Introduction", "\\bwelcome\\b|\\bintroduc|\\bin this video\\b|\\btoday we\\b"),
  SUMMARY("Summary", "\\bsummary\\b|\\bconclusion\\b|\\bfinally\\b|\\bto sum up\\b"),
  DEMONSTRATION("Main Content", "\\bshow you\\b|\\bdemonstrat|\\bobserve\\b"),
  INSTRUCTION("Main Content", "\\b(click|press|select|enter|type|drag|scroll)(s|ed|ing)?\\b"),
  GENERAL("Content", "");

  private final String group;
  private final Pattern words;

  StepType(String group, String words) {
    this.group = group;
    this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
  }

  /// The heading of the group that it belongs to.
  String group() {
    return group;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What this text does; the first step of a module introduces.
  static StepType of(String text, boolean first) {
    if (first) {
      return INTRODUCTION;
    }
    for (StepType type : values()) {
      if (type != GENERAL && type.words.matcher(text).find()) {
        return type;
      }
    }
    return GENERAL;
  }
}
