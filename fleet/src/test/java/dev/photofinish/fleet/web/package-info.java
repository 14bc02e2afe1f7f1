@NullMarked
package dev.photofinish.fleet.web;

import org.jspecify.annotations.NullMarked;
