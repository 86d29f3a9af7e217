/// The engine without Spring, in one file: [AskTheModel].
@NullMarked
package com.example;

import org.jspecify.annotations.NullMarked;
