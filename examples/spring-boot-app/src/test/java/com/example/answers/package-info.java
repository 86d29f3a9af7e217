/// Tests of the application: its handler by itself, and the whole of it as a process.
@NullMarked
package com.example.answers;

import org.jspecify.annotations.NullMarked;
