@NullMarked
package dev.photofinish.fleet.board;

import org.jspecify.annotations.NullMarked;
