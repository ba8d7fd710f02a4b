/// Opened traces and everything that is shown of them, whoever shows it.
@NullMarked
package dev.rideau.server.internal.view;

import org.jspecify.annotations.NullMarked;
