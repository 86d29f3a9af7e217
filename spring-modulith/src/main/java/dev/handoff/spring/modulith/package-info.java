/// Events of Spring Modulith's modules as tasks: an event that is externalised, and mapped to a
/// `Work`, is submitted after the commit of the transaction that published it.
@NullMarked
package dev.handoff.spring.modulith;

import org.jspecify.annotations.NullMarked;
