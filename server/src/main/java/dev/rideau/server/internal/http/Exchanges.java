package dev.rideau.server.internal.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/// What all connections share.
///
/// @param workers run handlers
/// @param timer ends answers that take too long
record Exchanges(
    Router router,
    Guard guard,
    HttpLimits limits,
    ExecutorService workers,
    ScheduledExecutorService timer) {}
