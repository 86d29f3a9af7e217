/// Tests of models as durable steps, against a scripted provider.
@NullMarked
package dev.handoff.langchain4j;

import org.jspecify.annotations.NullMarked;
