/// Tests of a client's prompts as durable steps, against a scripted provider.
@NullMarked
package dev.handoff.springai;

import org.jspecify.annotations.NullMarked;
