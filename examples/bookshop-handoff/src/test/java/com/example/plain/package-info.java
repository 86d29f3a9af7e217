/// An application with Handoff and nothing else, started with one jar or another left out.
@NullMarked
package com.example.plain;

import org.jspecify.annotations.NullMarked;
