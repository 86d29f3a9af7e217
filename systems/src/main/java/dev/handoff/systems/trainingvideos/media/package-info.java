/// What is done with the files of videos: told apart by their content, looked into, cut into
/// pictures and sound, made smaller. FFmpeg does it, as a child process that is bounded in time,
/// memory and output; without it only what an MP4's own header says is known. Depends on nothing of
/// ours. Start reading at [VideoTools].
@NullMarked
package dev.handoff.systems.trainingvideos.media;

import org.jspecify.annotations.NullMarked;
