/// What the shop adds to use Handoff: a handler.
@NullMarked
package com.example.bookshop.handoff;

import org.jspecify.annotations.NullMarked;
