/// Checks of all settings: a misspelt one stops the start, and the effective ones are printed once.
/// Uses the metadata that the build writes from the settings records, so a new setting needs no
/// entry here. Depends on Spring only; start reading at [SettingsCheck].
@NullMarked
package dev.handoff.spring.settings;

import org.jspecify.annotations.NullMarked;
