/** What Linux knows of a process that is measured. */
@NullMarked
package dev.photofinish.benchmarks.process;

import org.jspecify.annotations.NullMarked;
