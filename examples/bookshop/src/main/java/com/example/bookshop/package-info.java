/// A small shop, written as many are: JPA on the database that Spring Boot embeds, a cache, calls
/// to another server, and paths that Handoff uses as well.
@NullMarked
package com.example.bookshop;

import org.jspecify.annotations.NullMarked;
