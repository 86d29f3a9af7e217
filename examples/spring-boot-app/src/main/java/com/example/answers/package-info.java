/// The smallest application with Handoff, as the README shows it.
@NullMarked
package com.example.answers;

import org.jspecify.annotations.NullMarked;
