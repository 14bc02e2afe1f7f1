package dev.photofinish.media;

import java.util.Optional;

/**
 * Numbers of a recording since it was started.
 *
 * @param frames in its files
 * @param bytes in its files
 * @param files that were finished
 * @param removedFiles because of their age or of the size of all
 * @param droppedFrames that the disk was too slow for, or did not take
 * @param leftOutFrames of media that the container cannot have, damaged, or before a key frame
 * @param gaps in all files
 * @param queuedBytes that wait for the disk now
 * @param error the last of the disk; empty while it works
 */
public record RecordingStatistics(
    long frames,
    long bytes,
    long files,
    long removedFiles,
    long droppedFrames,
    long leftOutFrames,
    long gaps,
    long queuedBytes,
    Optional<String> error) {}
