package io.fieldmark.transport.kafka;

import io.fieldmark.domain.ModelDescription;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an inference process tells of itself, as long as it lives.
 *
 * @param inWork photos that its workers have and have not answered
 * @param throughput photos a second that all its workers answer when busy, once measured
 */
record WorkerAnnouncement(
    String instance,
    Optional<ModelDescription> model,
    int workers,
    int busy,
    int inWork,
    OptionalDouble throughput) {}
