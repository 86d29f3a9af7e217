/// Tests of the application: its handler by itself, and the whole of it as a process.
@NullMarked
package com.example.meetings;

import org.jspecify.annotations.NullMarked;
