package io.fieldmark.bench;

/**
 * How often and how long everything is measured, in seconds.
 *
 * @param starts of the service, the first of which is not counted: it unpacks native libraries when
 *     nobody has before, and reads everything from disk
 * @param warmUp of the service, until its code is compiled
 * @param pick for each batch size that may be the best
 * @param limit for each of the two limits in each round
 * @param saturated at 32 connections in each round
 * @param light at 1 and 8 connections in each round
 * @param large rounds with the large photo
 * @param largeSeconds for each of them
 * @param storing in each round of ingestion alone
 * @param bound of the whole run; one that hangs ends here
 */
record Plan(
    int starts,
    int rounds,
    double warmUp,
    double pick,
    double limit,
    double saturated,
    double light,
    int large,
    double largeSeconds,
    double storing,
    int bound) {
  static Plan of(boolean quick) {
    return quick
        ? new Plan(2, 2, 4, 0.5, 1.2, 2, 1, 1, 2, 2, 300)
        : new Plan(4, 5, 15, 2, 5, 8, 5, 3, 8, 4, 1200);
  }
}
