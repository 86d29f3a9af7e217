/// Makes of an uploaded picture what may leave the server: upright, and without anything but the
/// picture. Depends on nothing of ours. Start reading at [CleanPicture].
@NullMarked
package dev.handoff.systems.satbuddy.picture;

import org.jspecify.annotations.NullMarked;
