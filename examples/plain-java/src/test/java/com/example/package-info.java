/// Tests of the package of this name.
@NullMarked
package com.example;

import org.jspecify.annotations.NullMarked;
