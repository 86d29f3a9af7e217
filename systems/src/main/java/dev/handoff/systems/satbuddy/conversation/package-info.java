/// What pupils and SAT Buddy said to each other, kept on the server so that every device shows the
/// same. Start reading at [dev.handoff.systems.satbuddy.conversation.Conversations].
@NullMarked
package dev.handoff.systems.satbuddy.conversation;

import org.jspecify.annotations.NullMarked;
