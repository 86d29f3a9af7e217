/// Care for settings as a whole: a misspelt one stops the start instead of being ignored, and what
/// is in force is printed once. Works on the metadata that the build writes from the settings
/// records, so a new setting needs no list here. Depends on Spring only; start reading at
/// [SettingsCheck].
@NullMarked
package dev.handoff.spring.settings;

import org.jspecify.annotations.NullMarked;
