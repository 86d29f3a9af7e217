/// Tests of the models against a scripted provider over real HTTP.
@NullMarked
package dev.handoff.ai.provider;

import org.jspecify.annotations.NullMarked;
