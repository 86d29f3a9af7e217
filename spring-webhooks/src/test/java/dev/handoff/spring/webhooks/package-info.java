@NullMarked
package dev.handoff.spring.webhooks;

import org.jspecify.annotations.NullMarked;
