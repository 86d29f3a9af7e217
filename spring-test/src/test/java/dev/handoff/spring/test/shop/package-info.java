/// An application under test as others have it: JPA, repositories and migrations of its own.
@NullMarked
package dev.handoff.spring.test.shop;

import org.jspecify.annotations.NullMarked;
